import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock';
import { Config } from '../../config/config';
import { RenewalsService, type RenewalCount } from './renewals.service';

const EVERY_MINUTE = 60_000;
/** Few enough that others wait little for the rows of a batch, enough that commits cost little. */
const BATCH = 100;

/** Renews and expires subscriptions by the clock, in any number of processes at the same time. */
@Injectable()
export class RenewalsJob implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RenewalsJob.name);
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly renewals: RenewalsService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Never overlaps itself: while one run is going, the next is left out. */
  @Interval(EVERY_MINUTE)
  async onMinute(): Promise<void> {
    if (!this.config.SCHEDULE_JOBS || this.running) return;
    this.running = this.runAndLog();
    await this.running;
    this.running = undefined;
  }

  /** Ends a run after its current batch, before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /**
   * Renews or expires all that is due now, at most so many. A subscription that missed several cycles, because nothing ran
   * for long, is renewed and charged once for each. One that fails stays due, for the next run.
   */
  async runDue(limit = Infinity): Promise<RenewalCount> {
    const now = this.clock.now();
    const failed: string[] = [];
    let [renewed, expired] = [0, 0];
    while (!this.isStopping && renewed + expired < limit) {
      const batch = await this.renewals.settleBatch(now, Math.min(BATCH, limit - renewed - expired), failed);
      if (batch.renewed + batch.expired + batch.failed.length === 0) break;
      renewed += batch.renewed;
      expired += batch.expired;
      failed.push(...batch.failed);
    }
    return { renewed, expired };
  }

  private async runAndLog(): Promise<void> {
    try {
      const { renewed, expired } = await this.runDue();
      if (renewed + expired > 0) this.logger.log(`${renewed} subscriptions renewed, ${expired} expired.`);
    } catch (error) {
      this.logger.error(error, 'The run of renewals broke off; the next one goes on.');
    }
  }
}
