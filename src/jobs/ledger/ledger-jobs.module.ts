import { Module } from '@nestjs/common';
import { BackfillJob } from './backfill.job';
import { PendingRecordsJob } from './pending-records.job';
import { ReconciliationJob } from './reconciliation.job';

/** The jobs that keep the ledger complete. */
@Module({ providers: [PendingRecordsJob, BackfillJob, ReconciliationJob] })
export class LedgerJobsModule {}
