import { Module } from '@nestjs/common';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';

/** What operators need: health and metrics. */
@Module({ controllers: [HealthController, MetricsController], providers: [Metrics] })
export class OperationsModule {}
