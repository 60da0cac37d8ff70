import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { UnavailableFor } from '../http/problems/fails.decorator';
import { AnswersHead } from '../http/server/head-routes';
import { Metrics } from './metrics';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const EXAMPLE =
  '# HELP ledger_pending_seconds How long the oldest record has been waiting for its place in the ledger; NaN if the ' +
  'database does not answer.\n# TYPE ledger_pending_seconds gauge\nledger_pending_seconds 0.25\n';

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
