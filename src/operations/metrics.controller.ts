import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { UnavailableFor } from '../http/problems/fails.decorator';
import { AnswersHead } from '../http/server/head-routes';
import { Metrics } from './metrics';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const EXAMPLE = '# HELP http_requests_in_progress Requests that have no response yet.\nhttp_requests_in_progress 3\n';

/** Metrics for Prometheus. */
@ApiTags('Operations')
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /**
   * Returns process and request metrics in the Prometheus text format. It needs no login, so block public access to it
   * at your proxy.
   */
  @Get()
  @UnavailableFor('not_ready', 'too_many_connections')
  @Header('content-type', CONTENT_TYPE)
  @AnswersHead({ 'content-type': CONTENT_TYPE })
  @ApiOkResponse({
    description: 'The metrics in the Prometheus text format.',
    content: { 'text/plain': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  read(): Promise<string> {
    return this.metrics.render();
  }
}
