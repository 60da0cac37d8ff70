import { Injectable } from '@nestjs/common';
import type { Activity } from './activity.entity';

/** Maximum number of records that are kept: some megabytes, or more if their texts are long. */
const MAX_RECORDS = 5000;
/** Matches a text that the databases store in another form. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Keeps the records that this process has just committed, as the database returns them, so that the sequencer need not
 * read them. It reads those that are not kept, such as the records of other processes.
 */
@Injectable()
export class FreshRecords {
  private readonly records = new Map<string, Activity>();

  /** Adds committed records. The oldest ones are dropped if there are too many. */
  add(records: readonly Activity[]): void {
    for (const record of records) this.records.set(keyOf(record.accountId, record.id), record);
    for (const key of this.records.keys()) {
      if (this.records.size <= MAX_RECORDS) return;
      this.records.delete(key);
    }
  }

  /** Returns a record and no longer keeps it; undefined if it is not kept. */
  take(accountId: string, id: string): Activity | undefined {
    const key = keyOf(accountId, id);
    const record = this.records.get(key);
    this.records.delete(key);
    return record && isStoredUnchanged(record) ? { ...record, details: asStored(record.details) } : undefined;
  }
}

function keyOf(accountId: string, id: string): string {
  return accountId + id;
}

function isStoredUnchanged({ userName, comment, page, userAgent, sentBy }: Activity): boolean {
  return ![userName, comment, page, userAgent, sentBy].some((text) => text !== null && LONE_SURROGATE.test(text));
}

function asStored(details: object | null): object | null {
  return details && (JSON.parse(JSON.stringify(details)) as object);
}
