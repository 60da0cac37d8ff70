import { Entity, Index } from 'typeorm';
import { IdColumn, JsonTextColumn } from '../../database/columns';
import type { Activity } from './activity.entity';

/**
 * Records that have no place in their account's ledger yet. The transaction that writes records writes this row too,
 * and the sequencer deletes it when it gives them their places.
 */
@Entity('audit_pending')
@Index('audit_pending_by_account', ['accountId', 'id'])
export class PendingRecords {
  /** A ULID whose time is when the records were written. */
  @IdColumn({ primary: true })
  id: string;

  @IdColumn()
  accountId: string;

  /** JSON: the ids of the records, in the order of their places. */
  @JsonTextColumn()
  activityIds: string[];
}

/** Maximum number of records in one row, whose column has at most 64 KiB on MySQL and MariaDB. */
const MAX_RECORDS = 1000;

/** Returns the rows that announce records to the sequencer: usually one for each account. */
export function pendingRecordsOf(
  records: readonly Pick<Activity, 'accountId' | 'id'>[],
  nextId: () => string,
): PendingRecords[] {
  const rows: PendingRecords[] = [];
  const current = new Map<string, string[]>();
  for (const { accountId, id } of records) {
    let ids = current.get(accountId);
    if (!ids || ids.length === MAX_RECORDS) {
      ids = [];
      current.set(accountId, ids);
      rows.push({ id: nextId(), accountId, activityIds: ids });
    }
    ids.push(id);
  }
  return rows;
}
