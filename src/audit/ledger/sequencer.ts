import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AsyncResource } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { isUnavailable } from '../../database/dialect';
import { LedgerAppended, RecordsCommitted } from '../recording/account-signal';
import { LedgerRepository } from './ledger.repository';
import { PendingLedger } from './pending-ledger';

/** Milliseconds from a commit to the start of a run, in which other commits can join it. */
const FIRST_WAIT = 10;
/** Minimum milliseconds between two runs, so that under load a run appends many records in one transaction. */
const MIN_PAUSE = 100;
/** Milliseconds after the first failed run. The wait doubles with each further failure, up to `LONGEST_BACKOFF`. */
const FIRST_BACKOFF = 250;
const LONGEST_BACKOFF = 5000;
/** Maximum number of accounts of one transaction. */
const ACCOUNTS_AT_ONCE = 32;

/**
 * Gives the records that this process has committed their places in the ledger, shortly after each commit. It also
 * sequences the pending records that other processes have written to the same accounts. `sequenceAll`, which runs at
 * each start and as a job, finds the records of killed processes.
 */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Number of entries that this process has appended. */
  appendedCount = 0;
  private readonly logger = new Logger(Sequencer.name);
  /** Accounts that may have pending records. */
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private firstRun: Promise<void> | undefined;
  private isStopping = false;
  private failures = 0;
  /** Whether the last run has left records of accounts that it could have sequenced. */
  private hasMore = false;
  /** When the next run can start, by `performance.now()`. */
  private pausedUntil = 0;
  /** Its transactions belong to no request, so they run in the context in which this object was created. */
  private readonly scope = new AsyncResource('Sequencer');

  constructor(
    private readonly pending: PendingLedger,
    private readonly ledger: LedgerRepository,
    private readonly appended: LedgerAppended,
    committed: RecordsCommitted,
  ) {
    committed.listen((accountIds) => {
      this.wake(accountIds);
    });
  }

  /** Looks for records that are pending since before the start, without delaying the start. */
  onApplicationBootstrap(): void {
    this.firstRun = this.scope.runInAsyncScope(() =>
      this.sequenceAll().catch((error: unknown) => {
        this.logger.error(error);
      }),
    );
  }

  /** Sequences what this process has committed, if the database is available. Later records wait for another process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.firstRun;
    await this.running;
    if (this.failures === 0) await this.run();
  }

  /** Gives the pending records of all accounts their places, and returns when that is done. */
  async sequenceAll(): Promise<void> {
    for (const accountId of await this.ledger.listPendingAccounts()) this.due.add(accountId);
    do {
      while (this.running) await this.running;
      await this.start();
    } while (this.hasMore && this.failures === 0 && !this.isStopping);
  }

  /** Sequences the pending records of accounts soon. */
  private wake(accountIds: readonly string[]): void {
    for (const accountId of accountIds) this.due.add(accountId);
    this.schedule();
  }

  private schedule(): void {
    if (this.timer || this.running || this.isStopping || this.due.size === 0) return;
    const wait = Math.max(this.hasMore ? 0 : FIRST_WAIT, this.pausedUntil - performance.now());
    this.scope.runInAsyncScope(() => {
      this.timer = setTimeout(() => void this.start(), wait).unref();
    });
  }

  /** Starts a run, unless one is in progress. */
  private async start(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.running || this.isStopping) return;
    this.running = this.run();
    await this.running;
    this.running = undefined;
    this.schedule();
  }

  /**
   * Sequences some records of each account that is due now. Accounts that have more are due again, behind those that have
   * become due meanwhile, and so are those that failed. The run after a failed one has a transaction for each account, so that
   * an account whose ledger cannot be written does not hold up the others.
   */
  private async run(): Promise<void> {
    const isLast = this.isStopping;
    const accountsAtOnce = this.failures === 0 ? ACCOUNTS_AT_ONCE : 1;
    const accounts = [...this.due];
    let failure: unknown;
    this.due.clear();
    this.hasMore = false;
    while (accounts.length > 0 && this.isStopping === isLast) {
      const next = accounts.splice(0, accountsAtOnce);
      try {
        const { count, appended, unfinished } = await this.pending.append(next);
        this.appendedCount += count;
        if (appended.length > 0) this.appended.notify(appended);
        for (const accountId of unfinished) this.due.add(accountId);
        this.hasMore ||= unfinished.length > 0;
      } catch (error) {
        failure = error;
        this.logger.error(error);
        for (const accountId of next) this.due.add(accountId);
        // Each of the others would wait for the database too.
        if (isUnavailable(error)) break;
      }
      // Lets the process handle requests between two transactions.
      if (accounts.length > 0) await setImmediate();
    }
    for (const accountId of accounts) this.due.add(accountId);
    this.failures = failure === undefined ? 0 : this.failures + 1;
    const pause = this.hasMore ? 0 : MIN_PAUSE;
    this.pausedUntil = performance.now() + (this.failures === 0 ? pause : backoffAfter(this.failures));
  }
}

/** Returns the milliseconds to wait after failed runs. */
function backoffAfter(failures: number): number {
  return Math.min(FIRST_BACKOFF * 2 ** (failures - 1), LONGEST_BACKOFF);
}
