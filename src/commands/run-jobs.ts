import { createApp } from '../app';
import { ExpiredInvitationsJob } from '../auth/invitations/expired-invitations.job';
import {
  ForgottenAddressesJob,
  LateRefusalCountsJob,
  OldLoginAttemptsJob,
  OldUnknownLoginsJob,
} from '../auth/login/login-pruning.jobs';
import { LoginRefusalsJob } from '../auth/login/login-refusals.job';
import { ExpiredSessionsJob } from '../auth/sessions/expired-sessions.job';
import type { Config } from '../config/config';
import { OldIdempotencyKeysJob } from '../control-panel/idempotency/old-idempotency-keys.job';
import { PendingChargesJob } from '../control-panel/payments/pending-charges.job';
import { RefundsJob } from '../control-panel/refunds/refunds.job';
import { RenewalsJob } from '../control-panel/subscriptions/renewals.job';
import { OldMailsJob } from '../mail/old-mails.job';
import { OutboxJob } from '../mail/outbox.job';

/** Runs every job once and prints what each did, for operators who schedule jobs themselves. Several may run at the same time. */
export async function runJobs(config: Config): Promise<void> {
  const app = await createApp(Object.assign(config, { LOG_LEVEL: 'error', SCHEDULE_JOBS: false }));
  try {
    await app.init();
    const { renewed, expired } = await app.get(RenewalsJob).runDue();
    const { captured, declined } = await app.get(PendingChargesJob).runDue();
    const refunded = await app.get(RefundsJob).runDue();
    const { sent, failed } = await app.get(OutboxJob).deliverDue();
    const refusals = await app.get(LoginRefusalsJob).runDue();
    const pruned = {
      idempotencyKeys: await app.get(OldIdempotencyKeysJob).prune(),
      mails: await app.get(OldMailsJob).prune(),
      sessions: await app.get(ExpiredSessionsJob).prune(),
      invitations: await app.get(ExpiredInvitationsJob).prune(),
      loginAttempts: await app.get(OldLoginAttemptsJob).prune(),
      unknownLogins: await app.get(OldUnknownLoginsJob).prune(),
      loginAddresses: await app.get(ForgottenAddressesJob).prune(),
      refusalCounts: await app.get(LateRefusalCountsJob).prune(),
    };
    console.log(JSON.stringify({ renewed, expired, captured, declined, refunded, sent, failed, refusals, pruned }));
  } finally {
    await app.close();
  }
}
