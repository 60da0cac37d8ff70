import { Injectable } from '@nestjs/common';
import type { Activity } from './activity.entity';

/** Maximum number of records that are kept. Without details and long texts, they take about 5 MiB. */
const MAX_RECORDS = 5000;
/** Maximum number of characters of their texts together. With as many records and characters, they take about 11 MiB. */
const MAX_CHARACTERS = 4_000_000;

/** A record that is kept. */
interface KeptRecord {
  readonly recordWithoutDetails: Activity;
  /** The details of the record, as JSON. */
  readonly details: string | null;
  /** Number of characters of its texts. */
  readonly size: number;
}

/**
 * Keeps the records that this process has just committed, as the database returns them, so that the sequencer need not
 * read them. It reads those that are not kept, such as the records of other processes.
 */
@Injectable()
export class FreshRecords {
  private readonly kept = new Map<string, KeptRecord>();
  /** Number of characters of the texts of all kept records. */
  private size = 0;

  /** Adds committed records. The oldest ones are dropped if there are too many, or if their texts are too long. */
  add(records: readonly Activity[]): void {
    for (const record of records) this.keep(record);
    for (const key of this.kept.keys()) {
      if (this.kept.size <= MAX_RECORDS && this.size <= MAX_CHARACTERS) return;
      this.remove(key);
    }
  }

  /** Returns a record and no longer keeps it; undefined if it is not kept. */
  take(accountId: string, id: string): Activity | undefined {
    const kept = this.remove(keyOf(accountId, id));
    if (!kept) return undefined;
    const { recordWithoutDetails, details } = kept;
    return { ...recordWithoutDetails, details: details === null ? null : (JSON.parse(details) as object) };
  }

  private keep(record: Activity): void {
    const { userName, userEmail, comment, page, userAgent, sentBy } = record;
    const key = keyOf(record.accountId, record.id);
    // It was kept before, if it was deleted and is recorded again.
    this.remove(key);
    const details = record.details && JSON.stringify(record.details);
    let size = details?.length ?? 0;
    for (const text of [userName, userEmail, comment, page, userAgent, sentBy]) {
      if (text === null) continue;
      // The databases store a lone surrogate in another form.
      if (!text.isWellFormed()) return;
      size += text.length;
    }
    const recordWithoutDetails = { ...record, details: null };
    this.kept.set(key, { recordWithoutDetails, details, size });
    this.size += size;
  }

  private remove(key: string): KeptRecord | undefined {
    const kept = this.kept.get(key);
    if (!kept) return undefined;
    this.kept.delete(key);
    this.size -= kept.size;
    return kept;
  }
}

function keyOf(accountId: string, id: string): string {
  return accountId + id;
}
