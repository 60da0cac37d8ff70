import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { READ_SOURCE } from '../database/sources/data-sources';
import { Problem } from '../http/problems/problem';

/** Whether load balancers should send requests to this process. */
@Injectable()
export class Readiness {
  isStopping = false;

  constructor(
    @InjectDataSource() private readonly write: DataSource,
    @InjectDataSource(READ_SOURCE) private readonly read: DataSource,
  ) {}

  /** @throws Problem 503 when the process is about to stop, or a database does not answer */
  async assertReady(): Promise<void> {
    if (this.isStopping) throw Problem.unavailable('not_ready', 'The service is stopping.');
    try {
      // Of a table, because a node of a cluster that is not ready refuses to read tables, and nothing else.
      await Promise.all([this.write, this.read].map((source) => source.query('SELECT 1 FROM accounts LIMIT 1')));
    } catch {
      throw Problem.unavailable('database_unavailable', 'The database does not answer.');
    }
  }
}
