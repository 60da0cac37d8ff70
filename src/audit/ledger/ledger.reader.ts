import { Injectable } from '@nestjs/common';
import { SelectStatement } from '../../database/select-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { lookUp } from '../../lib/elements';
import { momentOf } from '../../lib/time-ordered-id';
import type { Activity } from '../recording/activity.entity';
import { AuditLedgerEntry } from './ledger.entities';
import { LedgerRepository } from './ledger.repository';

/** How far the ledger of an account has come. */
export interface LedgerEnd {
  /** The sequence of the newest entry; 0 if there is none. */
  readonly sequence: number;
  /**
   * The `recordedAt` of the newest entry; null if there is none. No entry that is appended later has this `recordedAt`
   * or an earlier one.
   */
  readonly settledThrough: Date | null;
  /** Whether all records that existed before the account had a ledger have their places. Until then, newer ones wait. */
  readonly isComplete: boolean;
  /** The time of the last existing record that has its place; null if there is none, or all have. */
  readonly backfilledThrough: Date | null;
}

/** A record with its place in the ledger. */
export interface LedgerRecord {
  readonly sequence: number;
  readonly recordedAt: Date;
  readonly record: Activity;
}

/** Reads the ledger of an account, outside of transactions. */
@Injectable()
export class LedgerReader {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Returns how far the ledger has come. Read it before the entries up to it: see `listRecords`. */
  async findEnd(accountId: string): Promise<LedgerEnd> {
    const head = await this.ledger.findHead(accountId);
    return {
      sequence: head?.sequence ?? 0,
      settledThrough: head?.recordedAt ?? null,
      isComplete: (head?.backfillUntil ?? null) === null,
      backfilledThrough: head?.backfillPosition ? new Date(momentOf(head.backfillPosition)) : null,
    };
  }

  /**
   * Returns the records after a sequence and up to another one, in the order of the ledger. If `upTo` is the sequence of
   * an end that was read before, then every record up to its `settledThrough` is among these or before them.
   * @param take maximum number of records; use few different numbers, because each is a prepared statement
   */
  async listRecords(accountId: string, after: number, upTo: number, take: number): Promise<LedgerRecord[]> {
    const entries = await SelectStatement.for(this.unitOfWork.manager, AuditLedgerEntry).rows(
      this.unitOfWork.manager,
      `WHERE account_id = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ${take}`,
      [accountId, after, upTo],
    );
    const ids = entries.map(({ activityId }) => activityId);
    const found = await this.ledger.findRecords(accountId, ids);
    const records = new Map(found.map((record) => [record.id, record]));
    return entries.map(({ sequence, recordedAt, activityId }) => ({
      sequence,
      recordedAt,
      record: lookUp(records, activityId),
    }));
  }

  /** Returns the `recordedAt` of an entry, by the primary key; undefined if there is none. */
  findRecordedAt(accountId: string, sequence: number): Promise<Date | undefined> {
    return this.ledger.findRecordedAt(accountId, sequence);
  }

  /**
   * Returns the sequence of the last entry with a `recordedAt` before a time; 0 if there is none. `recordedAt` grows with
   * the sequence, so this is a binary search by the primary key.
   * @param end the sequence of the newest entry to consider
   */
  async findLastBefore(accountId: string, time: Date, end: number): Promise<number> {
    let [low, high] = [0, end];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const recordedAt = await this.ledger.findRecordedAt(accountId, middle);
      if (recordedAt !== undefined && recordedAt < time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
