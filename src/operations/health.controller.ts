import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { UnavailableFor } from '../http/problems/fails.decorator';
import { Health, healthView } from './health.view';
import { Readiness } from './readiness';

/** For the programs that start, stop and watch the service. */
@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Says that the process runs. It answers while the service is starting, and when its databases are away. */
  @Get('live')
  @Answers('The process runs.')
  @UnavailableFor('too_many_connections')
  live(): Health {
    return healthView();
  }

  /** Says that the service can take requests: its databases answer, and it is not about to stop. */
  @Get('ready')
  @Answers('The service takes requests.')
  @UnavailableFor('database_unavailable', 'not_ready', 'too_many_connections')
  async ready(): Promise<Health> {
    await this.readiness.assertReady();
    return healthView();
  }
}
