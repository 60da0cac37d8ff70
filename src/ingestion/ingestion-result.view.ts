import { ApiProperty } from '@nestjs/swagger';
import type { ReadyRecord } from './ready-record';

/** `recorded`: the record is new. `duplicate`: the same record existed already, and nothing was changed. */
export const RECORD_STATUSES = ['recorded', 'duplicate'] as const;
export type RecordStatus = (typeof RECORD_STATUSES)[number];

/** The result for one record of a batch. */
export class IngestedRecord {
  /**
   * The key that you sent with the record.
   * @example "crm-2f1c6a52-17"
   */
  key: string;

  /**
   * The id of the record in the report: 26 characters. It is derived from the record's time and key, so a repeated
   * record has the same id.
   * @example "01KF0B74E00VK8H4V1Y7S3N6QD"
   */
  id: string;

  /**
   * Whether the record is new: `recorded` if it is, `duplicate` if the same record existed already.
   * @example "recorded"
   */
  @ApiProperty({ enum: RECORD_STATUSES, enumName: 'RecordStatus' })
  status: RecordStatus;
}

/** The result of a batch. */
export class IngestionResult {
  /**
   * The number of new records.
   * @example 1
   */
  recorded: number;

  /**
   * The number of records that existed already.
   * @example 0
   */
  duplicates: number;

  /** The result for each record, in the order of the request. */
  records: IngestedRecord[];
}

/**
 * Shows the result of a batch. If the batch has the same record twice, the first one is the new one.
 * @param recorded ids of the new records
 */
export function ingestionResult(records: readonly ReadyRecord[], recorded: ReadonlySet<string>): IngestionResult {
  const newIds = new Set(recorded);
  return {
    recorded: recorded.size,
    duplicates: records.length - recorded.size,
    records: records.map(({ key, action: { id } }) => ({
      key,
      id,
      status: newIds.delete(id) ? 'recorded' : 'duplicate',
    })),
  };
}
