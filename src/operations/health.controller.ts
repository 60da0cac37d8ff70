import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { UnavailableFor } from '../http/problems/fails.decorator';
import { AnswersHead } from '../http/server/head-routes';
import { Health, healthView } from './health.view';
import { Readiness } from './readiness';

/** Health checks, for load balancers and process supervisors. */
@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /**
   * Checks whether the process is running. It does not check the database, so a failure means that the process must be
   * restarted.
   */
  @Get('live')
  @Answers('The process is running.')
  @UnavailableFor('too_many_connections')
  live(): Health {
    return healthView();
  }

  /**
   * Checks whether the service can handle requests. The response is 200 if its databases answer and it is not shutting
   * down, and 503 otherwise.
   */
  @Get('ready')
  @Answers('The service takes requests.')
  @UnavailableFor('database_unavailable', 'not_ready', 'too_many_connections')
  @AnswersHead('by its handler')
  async ready(): Promise<Health> {
    await this.readiness.assertReady();
    return healthView();
  }
}
