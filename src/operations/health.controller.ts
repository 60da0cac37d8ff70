import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Public } from '../access/guard/access-rule.decorator';
import { READ_SOURCE } from '../database/sources/data-sources';
import { Problem } from '../http/problems/problem';
import { Health } from './health.dto';
import { Readiness } from './readiness';

/** For whatever starts, stops and watches the service. */
@ApiTags('Operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    @InjectDataSource() private readonly write: DataSource,
    @InjectDataSource(READ_SOURCE) private readonly read: DataSource,
    private readonly readiness: Readiness,
  ) {}

  /** Says that the process runs. */
  @Get('live')
  live(): Health {
    return { status: 'ok' };
  }

  /** Says that the service can take requests: its databases answer, and it is not about to stop. */
  @Get('ready')
  async ready(): Promise<Health> {
    if (this.readiness.isStopping) throw Problem.unavailable('not_ready', 'The service is stopping.');
    try {
      // Of a table, because a node of a cluster that is not ready refuses to read tables, and nothing else.
      await Promise.all([this.write, this.read].map((source) => source.query('SELECT 1 FROM accounts LIMIT 1')));
    } catch {
      throw Problem.unavailable('database_unavailable', 'The database does not answer.');
    }
    return { status: 'ok' };
  }
}
