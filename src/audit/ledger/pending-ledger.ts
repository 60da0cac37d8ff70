import { Injectable, Logger } from '@nestjs/common';
import { isDuplicate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { lookUp } from '../../lib/elements';
import { Clock } from '../../lib/time/clock';
import type { Activity } from '../recording/activity.entity';
import { FreshRecords } from '../recording/fresh-records';
import type { PendingRecords } from '../recording/pending-records.entity';
import { NOBODY } from '../recording/recorder';
import { appendRecords, type PlacedRecord } from './append-records';
import type { AuditLedgerHead } from './ledger.entities';
import { LedgerRepository } from './ledger.repository';

/** Maximum numbers of rows that the first and the second query for an account read in a transaction. */
const FEW_ROWS = 4;
const MAX_ROWS = 256;

/** The result of a transaction that gave pending records their places. */
export interface SequencedBatch {
  /** Number of new entries. */
  readonly count: number;
  /** Accounts that got new entries. */
  readonly appended: readonly string[];
  /** Accounts that may have more pending records. */
  readonly unfinished: readonly string[];
}

/** Some rows of pending records, and whether there may be more. */
interface TakenRows {
  readonly rows: readonly PendingRecords[];
  readonly hasMore: boolean;
}

/**
 * Moves pending records into the ledgers of their accounts. Any number of processes can do that at the same time: they
 * lock the head of the ledger, so only one of them appends at a time. On a cluster, where this lock is local to one
 * node, two of them write the same head, so the database refuses the COMMIT of the later one, and its transaction runs
 * again.
 */
@Injectable()
export class PendingLedger {
  private readonly logger = new Logger(PendingLedger.name);
  /** Number of transactions so far. Each begins with the next account. */
  private transactions = 0;

  constructor(
    private readonly ledger: LedgerRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly fresh: FreshRecords,
  ) {}

  /**
   * Appends pending records of some accounts to their ledgers, in one transaction. A record hardly ever has a place
   * already, so only the second attempt checks that.
   */
  async append(accountIds: readonly string[]): Promise<SequencedBatch> {
    const sorted = [...new Set(accountIds)].sort();
    try {
      return await this.unitOfWork.commitSeparately(() => this.appendNext(sorted, false));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return this.unitOfWork.commitSeparately(() => this.appendNext(sorted, true));
    }
  }

  private async appendNext(accountIds: readonly string[], mayBePlaced: boolean): Promise<SequencedBatch> {
    const [placed, done, unfinished]: [PlacedRecord[], PendingRecords[], string[]] = [[], [], []];
    const claimed = accountIds.filter((accountId) => accountId !== NOBODY);
    const heads: AuditLedgerHead[] = [];
    const locked = claimed.length > 0 ? await this.ledger.lockHeads(claimed) : [];
    // One row can have as many records as a transaction appends, and then leaves nothing to the accounts after it.
    const first = this.transactions++ % Math.max(locked.length, 1);
    for (const [place, head] of [...locked.slice(first), ...locked.slice(0, first)].entries()) {
      // Each account gets a share, so that one with many records does not hold up the others.
      const room = Math.ceil((this.ledger.maxAppended - placed.length) / (locked.length - place));
      const isBackfilling = head.backfillUntil !== null;
      const { rows, hasMore } = isBackfilling ? NO_ROWS : await this.takeRows(head.accountId, room);
      if (hasMore) unfinished.push(head.accountId);
      const records = await this.findRecords(head.accountId, rows, mayBePlaced);
      const appended = appendRecords(head, records, this.clock.now());
      done.push(...rows);
      placed.push(...appended.placed);
      if (appended.placed.length > 0) heads.push(appended.head);
    }
    if (claimed.length < accountIds.length) done.push(...(await this.takeRows(NOBODY, this.ledger.maxAppended)).rows);
    await this.ledger.insertEntries(placed);
    for (const head of heads) await this.ledger.updateHead(head);
    await this.ledger.deletePending(done.map(({ id }) => id));
    return { count: placed.length, appended: heads.map(({ accountId }) => accountId), unfinished };
  }

  /**
   * Returns the first rows of an account, with about `room` records at most. Reads only a few rows first, because they
   * can already contain that many records.
   */
  private async takeRows(accountId: string, room: number): Promise<TakenRows> {
    if (room <= 0) return { rows: [], hasMore: true };
    const rows: PendingRecords[] = [];
    let left = room;
    for (const take of [FEW_ROWS, MAX_ROWS]) {
      const found = await this.ledger.listPending(accountId, rows.at(-1)?.id ?? '', take);
      for (const row of found) {
        if (left <= 0) return { rows, hasMore: true };
        rows.push(row);
        left -= row.activityIds.length;
      }
      if (found.length < take) return { rows, hasMore: false };
      if (left <= 0) break;
    }
    return { rows, hasMore: true };
  }

  /**
   * Returns the records of the rows, in their order. Leaves out those that have a place, if there may be any: the
   * reconciliation can announce a record for a second time.
   */
  private async findRecords(
    accountId: string,
    rows: readonly PendingRecords[],
    mayBePlaced: boolean,
  ): Promise<Activity[]> {
    const ids = [...new Set(rows.flatMap(({ activityIds }) => activityIds))];
    const placed = mayBePlaced ? await this.ledger.findPlaced(accountId, ids) : new Set<string>();
    const records = new Map<string, Activity>();
    for (const id of ids) {
      const record = this.fresh.take(accountId, id);
      if (record) records.set(id, record);
    }
    const others = ids.filter((id) => !records.has(id));
    for (const record of await this.ledger.findRecords(accountId, others)) records.set(record.id, record);
    const missing = ids.filter((id) => !records.has(id));
    if (missing.length > 0) this.logger.error(`Pending records do not exist, so they get no place: ${missing.join()}`);
    return ids.filter((id) => records.has(id) && !placed.has(id)).map((id) => lookUp(records, id));
  }
}

const NO_ROWS: TakenRows = { rows: [], hasMore: false };
