import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';

/** Health checks and metrics for operators. */
@Module({ controllers: [HealthController, MetricsController], providers: [Metrics, Readiness] })
export class OperationsModule {}
