import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Reconciliation } from '../../audit/ledger/reconciliation';
import { Config } from '../../config/config';
import { ScheduledJob } from '../scheduled-job';

const EVERY_MINUTE = 60_000;
/** Maximum number of batches of recent records that a run checks for each account. */
const RECENT_BATCHES = 100;
/** Maximum number of batches without finds in a run's part of the pass over all records, across all accounts. */
export const PASS_BATCHES = 20;
/** Maximum number of batches with finds in a run: a million records. The next run checks recent records first again. */
const BATCHES_WITH_FINDS = 1000;

/**
 * Finds records without a place in the ledger, and makes them pending: each minute those that were written since the
 * last run, and, in passes that take hours, all others, such as late ones from other systems. While a pass finds such
 * records, it continues immediately, so that an upgrade does not leave many records without places for hours.
 */
@Injectable()
export class ReconciliationJob extends ScheduledJob {
  /** The last account whose pass was continued. */
  private lastAccount = '';

  constructor(
    private readonly reconciliation: Reconciliation,
    config: Config,
  ) {
    super(config);
  }

  @Interval(EVERY_MINUTE)
  tick(): Promise<void> {
    return this.start(() => this.run());
  }

  /** Checks recent records of all accounts, and continues the pass. Returns how many records had no place. */
  async run(): Promise<number> {
    const accounts = await this.reconciliation.listAccounts();
    let found = await this.checkRecent(accounts);
    found += await this.continuePass(accounts);
    if (found > 0) this.logger.warn(`Found ${found} records without a place in the ledger.`);
    return found;
  }

  private async checkRecent(accounts: readonly string[]): Promise<number> {
    let found = 0;
    for (const accountId of accounts) {
      for (let batches = 0, isAtEnd = false; batches < RECENT_BATCHES && !isAtEnd && !this.isStopping; batches++) {
        const batch = await this.reconciliation.check(accountId, 'recent');
        ({ isAtEnd } = batch);
        found += batch.found;
        await setImmediate();
      }
    }
    return found;
  }

  /**
   * Checks one batch of each account in turn, starting with the account after the one that was checked last. As long as
   * it finds records, it stays with the same account, and pauses after each batch for as long as the batch took, so
   * that requests are not slowed down.
   */
  private async continuePass(accounts: readonly string[]): Promise<number> {
    const next = accounts.findIndex((accountId) => accountId > this.lastAccount);
    const inTurn = [...accounts.slice(Math.max(next, 0)), ...accounts.slice(0, Math.max(next, 0))];
    const batches = { withFinds: 0, withoutFinds: 0 };
    let found = 0;
    while (batches.withFinds < BATCHES_WITH_FINDS && batches.withoutFinds < PASS_BATCHES && !this.isStopping) {
      const accountId = inTurn.shift();
      if (accountId === undefined) break;
      const start = performance.now();
      const batch = await this.reconciliation.check(accountId, 'all');
      const hasFinds = batch.found > 0;
      found += batch.found;
      batches[hasFinds ? 'withFinds' : 'withoutFinds']++;
      if (!batch.isAtEnd) inTurn[hasFinds ? 'unshift' : 'push'](accountId);
      this.lastAccount = accountId;
      await (hasFinds ? setTimeout(performance.now() - start) : setImmediate());
    }
    return found;
  }
}
