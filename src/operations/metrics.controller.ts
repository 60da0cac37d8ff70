import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { UnavailableFor } from '../http/problems/fails.decorator';
import { Metrics } from './metrics';

/** For Prometheus. */
@ApiTags('Operations')
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** Tells how the process does and how long requests take, in Prometheus' text format. Keep it from the public at the proxy. */
  @Get()
  @UnavailableFor('not_ready', 'too_many_connections')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOkResponse({
    description: "The metrics, in Prometheus' text format.",
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  read(): Promise<string> {
    return this.metrics.text();
  }
}
