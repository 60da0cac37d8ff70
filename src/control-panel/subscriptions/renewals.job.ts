import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../../config/config';
import { ScheduledJob } from '../../jobs/scheduled-job';
import { Clock } from '../../lib/time/clock';
import { RenewalsService, type RenewalCount } from './renewals.service';

/** The interval of the job, in milliseconds. */
const EVERY_MINUTE = 60_000;
/**
 * The number of subscriptions per transaction: small enough to keep locks short, large enough to keep commits cheap.
 */
const BATCH_SIZE = 100;

/**
 * Renews due subscriptions or lets them expire, every minute. Any number of processes can run the job at the same time.
 */
@Injectable()
export class RenewalsJob extends ScheduledJob {
  constructor(
    private readonly renewals: RenewalsService,
    private readonly clock: Clock,
    config: Config,
  ) {
    super(config);
  }

  @Interval(EVERY_MINUTE)
  onMinute(): Promise<void> {
    return this.start(() => this.runDue());
  }

  /**
   * Renews or expires up to `limit` due subscriptions. A subscription that missed several billing cycles, because no
   * job ran, is renewed and charged once for each of them. A subscription that fails stays due until the next run.
   */
  async runDue(limit = Infinity): Promise<RenewalCount> {
    const now = this.clock.now();
    const failed: string[] = [];
    let [renewed, expired] = [0, 0];
    while (!this.isStopping && renewed + expired < limit) {
      const batch = await this.renewals.processBatch(now, Math.min(BATCH_SIZE, limit - renewed - expired), failed);
      if (batch.renewed + batch.expired + batch.failed.length === 0) break;
      renewed += batch.renewed;
      expired += batch.expired;
      failed.push(...batch.failed);
    }
    if (renewed + expired > 0) this.logger.log(`${renewed} subscriptions renewed, ${expired} expired.`);
    return { renewed, expired };
  }
}
