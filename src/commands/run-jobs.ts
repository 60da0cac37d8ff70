import type { Type } from '@nestjs/common';
import { ExpiredInvitationsJob } from '../auth/invitations/expired-invitations.job';
import {
  ForgottenAddressesJob,
  LateRefusalCountsJob,
  OldLoginAttemptsJob,
  UnclaimedAttemptsJob,
} from '../auth/login/login-pruning.jobs';
import { LoginRefusalsJob } from '../auth/login/login-refusals.job';
import { ExpiredSessionsJob } from '../auth/sessions/expired-sessions.job';
import type { Config } from '../config/config';
import { PendingChargesJob } from '../control-panel/payments/pending-charges.job';
import { RefundsJob } from '../control-panel/refunds/refunds.job';
import { RenewalsJob } from '../control-panel/subscriptions/renewals.job';
import { OldIdempotencyKeysJob } from '../idempotency/old-idempotency-keys.job';
import { BackfillJob } from '../jobs/ledger/backfill.job';
import { PendingRecordsJob } from '../jobs/ledger/pending-records.job';
import { ReconciliationJob } from '../jobs/ledger/reconciliation.job';
import type { ScheduledJob } from '../jobs/scheduled-job';
import { OldMailsJob } from '../mail/old-mails.job';
import { OutboxJob } from '../mail/outbox.job';
import { COMMAND_SETTINGS, type CreateApp } from './create-app';
import { onStopSignal } from './stop-signals';

/**
 * Runs every scheduled job once, and prints the counts of processed rows as JSON. Several processes may run this at the
 * same time.
 */
export async function runJobs(createApp: CreateApp, config: Config): Promise<void> {
  const app = await createApp(Object.assign(config, COMMAND_SETTINGS));
  try {
    await app.init();
    const started: ScheduledJob[] = [];
    let isStopping = false;
    const job = <Job extends ScheduledJob>(type: Type<Job>): Job => {
      const next = app.get(type);
      if (isStopping) next.stop();
      started.push(next);
      return next;
    };
    onStopSignal(() => {
      isStopping = true;
      for (const one of started) one.stop();
    });
    const { renewed, expired } = await job(RenewalsJob).runDue();
    const { captured, declined } = await job(PendingChargesJob).runDue();
    const refunded = await job(RefundsJob).runDue();
    const { sent, failed } = await job(OutboxJob).deliverDue();
    const refusals = await job(LoginRefusalsJob).runDue();
    const pruned = {
      idempotencyKeys: await job(OldIdempotencyKeysJob).prune(),
      mails: await job(OldMailsJob).prune(),
      sessions: await job(ExpiredSessionsJob).prune(),
      invitations: await job(ExpiredInvitationsJob).prune(),
      loginAttempts: await job(OldLoginAttemptsJob).prune(),
      unclaimedAttempts: await job(UnclaimedAttemptsJob).prune(),
      loginAddresses: await job(ForgottenAddressesJob).prune(),
      refusalCounts: await job(LateRefusalCountsJob).prune(),
    };
    const ledger = {
      backfilled: await job(BackfillJob).run(),
      found: await job(ReconciliationJob).run(),
      sequenced: await job(PendingRecordsJob).sequence(),
    };
    console.log(
      JSON.stringify({ renewed, expired, captured, declined, refunded, sent, failed, refusals, pruned, ledger }),
    );
  } finally {
    await app.close();
  }
}
