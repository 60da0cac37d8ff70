import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';

/** What operators need: health and metrics. */
@Module({ controllers: [HealthController, MetricsController], providers: [Metrics, Readiness] })
export class OperationsModule {}
