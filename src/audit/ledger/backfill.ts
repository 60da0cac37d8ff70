import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Clock } from '../../lib/time/clock';
import { LedgerAppended, RecordsCommitted } from '../recording/account-signal';
import { appendRecords } from './append-records';
import { LedgerRepository } from './ledger.repository';

/** Number of records that one transaction appends. */
export const BACKFILL_BATCH_SIZE = 500;

/** The result of one transaction of a backfill. */
interface BackfilledBatch {
  /** Number of new entries. */
  readonly count: number;
  /** Whether all existing records of the account have their places. */
  readonly isComplete: boolean;
}

/**
 * Gives the records that existed before the account had a ledger their places, in the order of their ids. The newer
 * records of the account wait for theirs until that is done. It continues where it was interrupted, and several
 * processes can run it at the same time.
 */
@Injectable()
export class Backfill {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly appended: LedgerAppended,
    private readonly committed: RecordsCommitted,
  ) {}

  /** Returns the accounts that have existing records without places. */
  listAccounts(): Promise<string[]> {
    return this.ledger.listAccountsToBackfill();
  }

  /** Gives the next existing records of an account their places, in one transaction. */
  async appendNext(accountId: string): Promise<BackfilledBatch> {
    const batch = await this.unitOfWork.commitSeparately(() => this.appendBatch(accountId));
    if (batch.count > 0) this.appended.notify([accountId]);
    // The sequencer can give the newer records their places now.
    if (batch.isComplete) this.committed.notify([accountId]);
    return batch;
  }

  private async appendBatch(accountId: string): Promise<BackfilledBatch> {
    const [head] = await this.ledger.lockHeads([accountId]);
    const backfillUntil = head?.backfillUntil ?? null;
    if (!head || backfillUntil === null) return { count: 0, isComplete: true };
    const found = await this.ledger.listRecords(
      accountId,
      head.backfillPosition ?? '',
      backfillUntil,
      BACKFILL_BATCH_SIZE,
    );
    const isComplete = found.length < BACKFILL_BATCH_SIZE;
    const placed = await this.ledger.findPlaced(
      accountId,
      found.map(({ id }) => id),
    );
    const records = found.filter(({ id }) => !placed.has(id));
    const { head: newHead, placed: appended } = appendRecords(head, records, this.clock.now());
    const position = isComplete ? null : (found.at(-1)?.id ?? null);
    await this.ledger.insertEntries(appended);
    await this.ledger.updateHead({
      ...newHead,
      backfillUntil: isComplete ? null : backfillUntil,
      backfillPosition: position,
    });
    return { count: appended.length, isComplete };
  }
}
