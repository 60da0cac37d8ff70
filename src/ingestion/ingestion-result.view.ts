import { ApiProperty } from '@nestjs/swagger';
import type { ReadyRecord } from './ready-record';

/** `recorded`: it is new. `duplicate`: it was there already, the same, and nothing was done. */
export const RECORD_STATUSES = ['recorded', 'duplicate'] as const;
export type RecordStatus = (typeof RECORD_STATUSES)[number];

/** What became of a record. */
export class IngestedRecord {
  /**
   * Your key.
   * @example "crm-2f1c6a52-17"
   */
  key: string;

  /**
   * Id of the row in the report: made of the record's time and key, the same each time.
   * @example "01KF0B74E00VK8H4V1Y7S3N6QD"
   */
  id: string;

  /**
   * `recorded`, or `duplicate` for what was there already.
   * @example "recorded"
   */
  @ApiProperty({ enum: RECORD_STATUSES, enumName: 'RecordStatus' })
  status: RecordStatus;
}

/** What became of a batch. */
export class IngestionResult {
  /**
   * How many records are new.
   * @example 1
   */
  recorded: number;

  /**
   * How many were there already.
   * @example 0
   */
  duplicates: number;

  /** Each record, in the order of the request. */
  records: IngestedRecord[];
}

/**
 * Shows what became of a batch. Of a record that the batch has twice, the first is the new one.
 * @param recorded ids of the new ones
 */
export function ingestionResult(records: readonly ReadyRecord[], recorded: ReadonlySet<string>): IngestionResult {
  const fresh = new Set(recorded);
  return {
    recorded: recorded.size,
    duplicates: records.length - recorded.size,
    records: records.map(({ key, action: { id } }) => ({
      key,
      id,
      status: fresh.delete(id) ? 'recorded' : 'duplicate',
    })),
  };
}
