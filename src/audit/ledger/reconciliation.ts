import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource, lowestIdAt } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { RecordsCommitted } from '../recording/account-signal';
import { pendingRecordsOf } from '../recording/pending-records.entity';
import type { AuditLedgerHead } from './ledger.entities';
import { LedgerRepository, type CheckedPart } from './ledger.repository';

/** Number of records that one query looks at. */
export const RECONCILIATION_BATCH_SIZE = 1000;
/** Milliseconds that the sequencer has to give a record its place before the reconciliation looks at the record. */
const GRACE_PERIOD = 30_000;

/** The result of looking at some records. */
interface CheckedBatch {
  /** Number of records without a place; they are pending now. */
  readonly found: number;
  /** Whether the part has no more records to look at. */
  readonly isAtEnd: boolean;
}

/**
 * Finds records without a place in the ledger, and makes them pending. There are none unless a process of a version
 * without the ledger has written them, during an upgrade. It waits while the sequencer is more than `GRACE_PERIOD` behind,
 * because the records without a place are pending then. If a record is pending twice all the same, the sequencer gives it
 * one place.
 */
@Injectable()
export class Reconciliation {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly committed: RecordsCommitted,
  ) {}

  /** Returns the accounts that have records. */
  listAccounts(): Promise<string[]> {
    return this.ledger.listRecordedAccounts();
  }

  /**
   * Looks at the next records of an account. There are none to look at while its existing records are backfilled, or while
   * the sequencer is behind.
   */
  async check(accountId: string, part: CheckedPart): Promise<CheckedBatch> {
    const head = await this.ledger.findHead(accountId);
    if (head && head.backfillUntil !== null) return { found: 0, isAtEnd: true };
    const upTo = lowestIdAt(new Date(this.clock.now().getTime() - GRACE_PERIOD));
    const [oldest] = await this.ledger.listPending(accountId, '', 1);
    if (oldest && oldest.id < upTo) return { found: 0, isAtEnd: true };
    const position = positionOf(head, part);
    const looked = await this.ledger.listPlaces(accountId, position, upTo, RECONCILIATION_BATCH_SIZE);
    const isAtEnd = looked.length < RECONCILIATION_BATCH_SIZE;
    const unplaced = looked.flatMap(({ id, sequence }) => (sequence === null ? [id] : []));
    const last = looked.at(-1);
    if (!last && (part === 'recent' || position === '')) return { found: 0, isAtEnd };
    const next = !last || (part === 'all' && isAtEnd) ? null : last.id;
    const isSaved = await this.save(accountId, unplaced, part, position, next);
    return isSaved ? { found: unplaced.length, isAtEnd } : { found: 0, isAtEnd: false };
  }

  /**
   * Makes records pending, and stores where the next check continues. Does nothing and returns false if another process
   * has checked the same records meanwhile.
   */
  private async save(
    accountId: string,
    unplaced: readonly string[],
    part: CheckedPart,
    position: string,
    next: string | null,
  ): Promise<boolean> {
    const now = this.clock.now();
    const records = unplaced.map((id) => ({ accountId, id }));
    const isSaved = await this.unitOfWork.commitSeparately(async () => {
      const [head] = await this.ledger.lockHeads([accountId]);
      if (positionOf(head, part) !== position) return false;
      await this.ledger.insertPending(pendingRecordsOf(records, () => this.ids.next(now)));
      await this.ledger.updatePosition(accountId, part, next);
      return true;
    });
    if (isSaved && unplaced.length > 0) this.committed.notify([accountId]);
    return isSaved;
  }
}

function positionOf(head: AuditLedgerHead | undefined, part: CheckedPart): string {
  return (part === 'recent' ? head?.checkedThrough : head?.passPosition) ?? '';
}
