import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ActivitiesModule } from '../activities/activities.module';
import { ApiKeysModule } from '../auth/api-keys/api-keys.module';
import { RecordedActivitiesController } from './activities/activities.controller';
import { RecordedActivitiesService } from './activities/activities.service';
import { ReportsController } from './reports.controller';
import { ReportsService } from './reports.service';
import { ReportExports } from './users-activity/exports/report-exports';
import { ExportPool } from './users-activity/exports/export-pool';
import { KnownActors } from './users-activity/choices/known-actors';
import { FilterChoicesController } from './users-activity/choices/filter-choices.controller';
import { FilterChoicesService } from './users-activity/choices/filter-choices.service';
import { ActorsWithActivities } from './users-activity/choices/actors-with-activities';
import { ActivityReader } from './users-activity/reading/activity.reader';
import { SheetLimit } from './users-activity/exports/sheet-limit';
import { FirstActivity } from './users-activity/summary/first-activity';
import { SummaryController } from './users-activity/summary/summary.controller';
import { SummaryService } from './users-activity/summary/summary.service';
import { UsersActivityExportsController } from './users-activity/users-activity-exports.controller';
import { UsersActivityController } from './users-activity/users-activity.controller';
import { UsersActivityService } from './users-activity/users-activity.service';

/** The Reports center and its reports. */
@Module({
  imports: [AccessModule, ActivitiesModule, ApiKeysModule],
  controllers: [
    ReportsController,
    FilterChoicesController,
    SummaryController,
    UsersActivityController,
    UsersActivityExportsController,
    RecordedActivitiesController,
  ],
  providers: [
    ActivityReader,
    KnownActors,
    ExportPool,
    FilterChoicesService,
    FirstActivity,
    ReportExports,
    RecordedActivitiesService,
    ReportsService,
    SheetLimit,
    SummaryService,
    UsersActivityService,
    ActorsWithActivities,
  ],
})
export class ReportsModule {}
