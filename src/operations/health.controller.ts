import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { Health, healthView } from './health.view';
import { Readiness } from './readiness';

/** For the programs that start, stop and watch the service. */
@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Says that the process runs. */
  @Get('live')
  live(): Health {
    return healthView();
  }

  /** Says that the service can take requests: its databases answer, and it is not about to stop. */
  @Get('ready')
  async ready(): Promise<Health> {
    await this.readiness.assertReady();
    return healthView();
  }
}
