import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ApiKeysModule } from '../auth/api-keys/api-keys.module';
import { ActivityFilterResolver } from './filter/activity-filter.resolver';

/** What the report and the feed have in common: the filter of activities, and how their rows look. */
@Module({
  imports: [AccessModule, ApiKeysModule],
  providers: [ActivityFilterResolver],
  exports: [ActivityFilterResolver],
})
export class ActivitiesModule {}
