import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { AccessModule } from './access/access.module';
import { ActivityTypesModule } from './activity-types/activity-types.module';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import type { Config } from './config/config';
import { ConfigModule } from './config/config.module';
import { ContextModule } from './context/context.module';
import { ControlPanelModule } from './control-panel/control-panel.module';
import { databaseProblem } from './database/database-problem';
import { DatabaseModule } from './database/sources/database.module';
import { ENTITIES } from './entities';
import { FeedModule } from './feed/feed.module';
import { ProblemFilter } from './http/problems/problem.filter';
import { RequestValidationPipe } from './http/validation/request-validation.pipe';
import { IdempotencyModule } from './idempotency/idempotency.module';
import { IngestionModule } from './ingestion/ingestion.module';
import { LedgerJobsModule } from './jobs/ledger/ledger-jobs.module';
import { OperationsModule } from './operations/operations.module';
import { ReportsModule } from './reports/reports.module';

/** The root module of the service, and the only place that binds global filters and pipes. */
@Module({})
export class AppModule {
  static with(config: Config, more: readonly Type[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        ContextModule,
        ScheduleModule.forRoot(),
        DatabaseModule.forEntities(ENTITIES),
        AuditModule,
        AccessModule,
        AuthModule,
        ControlPanelModule,
        IdempotencyModule,
        IngestionModule,
        LedgerJobsModule,
        ReportsModule,
        FeedModule,
        ActivityTypesModule,
        OperationsModule,
        ...more,
      ],
      providers: [
        { provide: APP_PIPE, useClass: RequestValidationPipe },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(databaseProblem) },
      ],
    };
  }
}
