import type { Type } from '@nestjs/common';
import type { ObjectLiteral } from 'typeorm';
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
import type { PruningJob } from '../jobs/pruning-job';
import type { ScheduledJob } from '../jobs/scheduled-job';
import { OldMailsJob } from '../mail/old-mails.job';
import { OutboxJob } from '../mail/outbox.job';
import { COMMAND_SETTINGS, type CreateApp } from './create-app';
import { CommandError, toExitMessage } from './exit-message';
import { onStopSignal } from './stop-signals';

/**
 * Runs every scheduled job once, and prints the counts of processed rows as JSON. Several processes may run this at the
 * same time. A job that fails does not keep the others from running, and has no counts.
 * @throws CommandError that names the jobs that failed
 */
export async function runJobs(createApp: CreateApp, config: Config): Promise<void> {
  const app = await createApp(Object.assign(config, COMMAND_SETTINGS));
  try {
    await app.init();
    const started: ScheduledJob[] = [];
    const failed: string[] = [];
    let isStopping = false;
    const attempt = async <Job extends ScheduledJob, Counts>(
      type: Type<Job>,
      run: (job: Job) => Promise<Counts>,
    ): Promise<Counts | undefined> => {
      const job = app.get(type);
      if (isStopping) job.stop();
      started.push(job);
      try {
        return await run(job);
      } catch (error) {
        console.error(toExitMessage(error));
        failed.push(type.name);
        return undefined;
      }
    };
    onStopSignal(() => {
      isStopping = true;
      for (const one of started) one.stop();
    });
    const prune = <Row extends ObjectLiteral>(type: Type<PruningJob<Row>>) => attempt(type, (job) => job.prune());
    const renewals = await attempt(RenewalsJob, (job) => job.runDue());
    const charges = await attempt(PendingChargesJob, (job) => job.runDue());
    const refunded = await attempt(RefundsJob, (job) => job.runDue());
    const refusals = await attempt(LoginRefusalsJob, (job) => job.runDue());
    const pruned = {
      idempotencyKeys: await prune(OldIdempotencyKeysJob),
      mails: await prune(OldMailsJob),
      sessions: await prune(ExpiredSessionsJob),
      invitations: await prune(ExpiredInvitationsJob),
      loginAttempts: await prune(OldLoginAttemptsJob),
      unclaimedAttempts: await prune(UnclaimedAttemptsJob),
      loginAddresses: await prune(ForgottenAddressesJob),
      refusalCounts: await prune(LateRefusalCountsJob),
    };
    const ledger = {
      backfilled: await attempt(BackfillJob, (job) => job.run()),
      found: await attempt(ReconciliationJob, (job) => job.run()),
      sequenced: await attempt(PendingRecordsJob, (job) => job.sequence()),
    };
    // Emails come last, because a mail server that does not answer takes a long time.
    const mails = await attempt(OutboxJob, (job) => job.deliverDue());
    console.log(JSON.stringify({ ...renewals, ...charges, refunded, ...mails, refusals, pruned, ledger }));
    if (failed.length > 0) throw new CommandError(`These jobs failed: ${failed.join(', ')}.`);
  } finally {
    await app.close();
  }
}
