import { Global, Module } from '@nestjs/common';
import { IdSource } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import { ActivityCatalogue } from './catalogue/activity-catalogue';
import { CurrentActivity } from './recording/current-activity';
import { Recorder } from './recording/recorder';
import { AttemptRecorder } from './tracking/attempt-recorder';
import { RepeatedReads } from './tracking/repeated-reads';

/** Records activities. Global, because every feature describes what it does. */
@Global()
@Module({
  providers: [Clock, IdSource, ActivityCatalogue, CurrentActivity, Recorder, AttemptRecorder, RepeatedReads],
  exports: [Clock, IdSource, ActivityCatalogue, CurrentActivity, Recorder, AttemptRecorder, RepeatedReads],
})
export class AuditModule {}
