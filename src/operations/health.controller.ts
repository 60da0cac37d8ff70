import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../access/guard/access-rule.decorator';
import { Health, healthView } from './health.view';
import { Readiness } from './readiness';

/** Liveness and readiness checks for load balancers and orchestrators. */
@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Answers while the process is running. */
  @Get('live')
  live(): Health {
    return healthView();
  }

  /** Answers whether the service can handle requests: its databases respond, and it is not shutting down. */
  @Get('ready')
  async ready(): Promise<Health> {
    await this.readiness.assertReady();
    return healthView();
  }
}
