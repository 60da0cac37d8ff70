import { Global, Module } from '@nestjs/common';
import { Clock } from '../common/clock';
import { IdSource } from '../common/time-ordered-id';
import { ActivityCatalogue } from './activity-catalogue';
import { AttemptRecorder } from './attempt-recorder';
import { CurrentActivity } from './current-activity';
import { Recorder } from './recorder';

/** What features need to be tracked. */
@Global()
@Module({
  providers: [Clock, IdSource, ActivityCatalogue, CurrentActivity, Recorder, AttemptRecorder],
  exports: [Clock, IdSource, ActivityCatalogue, CurrentActivity, Recorder, AttemptRecorder],
})
export class AuditModule {}
