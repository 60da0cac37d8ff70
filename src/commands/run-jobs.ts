import { createApp } from '../app';
import type { Config } from '../config/config';
import { RefundsJob } from '../control-panel/refunds/refunds.job';
import { RenewalsJob } from '../control-panel/subscriptions/renewals.job';
import { OutboxJob } from '../mail/outbox.job';

/** Does once what is due, for whoever runs jobs by a clock of their own. Any number may run beside each other. */
export async function runJobs(config: Config): Promise<void> {
  const app = await createApp(Object.assign(config, { LOG_LEVEL: 'error', SCHEDULE_JOBS: false }));
  try {
    await app.init();
    const { renewed, expired } = await app.get(RenewalsJob).runDue();
    const refunded = await app.get(RefundsJob).runDue();
    const { sent, failed } = await app.get(OutboxJob).deliverDue();
    console.log(JSON.stringify({ renewed, expired, refunded, sent, failed }));
  } finally {
    await app.close();
  }
}
