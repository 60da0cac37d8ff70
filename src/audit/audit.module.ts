import { Global, Module } from '@nestjs/common';
import { IdSource } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import { ActivityCatalogue } from './catalogue/activity-catalogue';
import { Backfill } from './ledger/backfill';
import { LedgerReader } from './ledger/ledger.reader';
import { LedgerRepository } from './ledger/ledger.repository';
import { LedgerStatus } from './ledger/ledger-status';
import { PendingLedger } from './ledger/pending-ledger';
import { Reconciliation } from './ledger/reconciliation';
import { Sequencer } from './ledger/sequencer';
import { LedgerAppended, RecordsCommitted } from './recording/account-signal';
import { CurrentActivity } from './recording/current-activity';
import { FreshRecords } from './recording/fresh-records';
import { Recorder } from './recording/recorder';
import { AttemptRecorder } from './tracking/attempt-recorder';
import { EarlierRecords } from './tracking/earlier-records';
import { ReadsUnderWay } from './tracking/reads-under-way';
import { RepeatedReads } from './tracking/repeated-reads';

const SHARED = [
  Clock,
  IdSource,
  ActivityCatalogue,
  CurrentActivity,
  Recorder,
  AttemptRecorder,
  RepeatedReads,
  Sequencer,
  Backfill,
  Reconciliation,
  LedgerReader,
  LedgerStatus,
  LedgerAppended,
];

/** Records activities, and keeps their ledger. Global, because every feature describes what it does. */
@Global()
@Module({
  providers: [
    ...SHARED,
    EarlierRecords,
    ReadsUnderWay,
    RecordsCommitted,
    FreshRecords,
    LedgerRepository,
    PendingLedger,
  ],
  exports: SHARED,
})
export class AuditModule {}
