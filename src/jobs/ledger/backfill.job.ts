import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { setTimeout } from 'node:timers/promises';
import { Backfill } from '../../audit/ledger/backfill';
import { Config } from '../../config/config';
import { ScheduledJob } from '../scheduled-job';

const EVERY_FIVE_SECONDS = 5000;

/**
 * Gives the records that existed before the ledger their places, after an upgrade. It pauses after each batch for as
 * long as the batch has taken, so that requests are hardly slowed.
 */
@Injectable()
export class BackfillJob extends ScheduledJob {
  constructor(
    private readonly backfill: Backfill,
    config: Config,
  ) {
    super(config);
  }

  @Interval(EVERY_FIVE_SECONDS)
  tick(): Promise<void> {
    return this.start(() => this.run());
  }

  /** Backfills all ledgers, and returns how many entries this run has appended. */
  async run(): Promise<number> {
    let appended = 0;
    for (const accountId of await this.backfill.listAccounts()) {
      for (let isComplete = false; !isComplete;) {
        if (this.isStopping) return appended;
        const start = performance.now();
        const batch = await this.backfill.appendNext(accountId);
        ({ isComplete } = batch);
        appended += batch.count;
        await setTimeout(performance.now() - start);
      }
    }
    if (appended > 0) this.logger.log(`Gave ${appended} existing records their places in the ledger.`);
    return appended;
  }
}
