import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { LoggerModule } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { AccessModule } from './access/access.module';
import { ActivityTypesModule } from './activity-types/activity-types.module';
import { AuditModule } from './audit/audit.module';
import { TrackedInterceptor } from './audit/tracking/tracked.interceptor';
import { AuthModule } from './auth/auth.module';
import type { Config } from './config/config';
import { ConfigModule } from './config/config.module';
import { ContextModule } from './context/context.module';
import { ControlPanelModule } from './control-panel/control-panel.module';
import { databaseProblem } from './database/database-problem';
import { DatabaseModule } from './database/sources/database.module';
import { ENTITIES } from './entities';
import { NextLinkInterceptor } from './http/paging/next-link.interceptor';
import { ProblemFilter } from './http/problems/problem.filter';
import { loggerOptions } from './http/server/logger-options';
import { RequestValidationPipe } from './http/validation/request-validation.pipe';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor';
import { IdempotencyModule } from './idempotency/idempotency.module';
import { IngestionModule } from './ingestion/ingestion.module';
import { OperationsModule } from './operations/operations.module';
import { ReportsModule } from './reports/reports.module';

/** The root module of the service, and the only place that binds global filters, interceptors and pipes. */
@Module({})
export class AppModule {
  static with(config: Config, more: readonly Type[] = [], logTo?: DestinationStream): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        LoggerModule.forRoot(loggerOptions(config, logTo)),
        ContextModule,
        ScheduleModule.forRoot(),
        DatabaseModule.forEntities(ENTITIES),
        AuditModule,
        AccessModule,
        AuthModule,
        ControlPanelModule,
        IdempotencyModule,
        IngestionModule,
        ReportsModule,
        ActivityTypesModule,
        OperationsModule,
        ...more,
      ],
      providers: [
        // In order of execution. The Link header comes from a response whose audit record is committed.
        { provide: APP_INTERCEPTOR, useClass: NextLinkInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: TrackedInterceptor },
        { provide: APP_PIPE, useClass: RequestValidationPipe },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(databaseProblem) },
      ],
    };
  }
}
