import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { READ_SOURCE } from '../database/sources/data-sources';
import { Problem } from '../http/problems/problem';

/** Determines whether load balancers should send requests to this process. */
@Injectable()
export class Readiness {
  isStopping = false;

  constructor(
    @InjectDataSource() private readonly write: DataSource,
    @InjectDataSource(READ_SOURCE) private readonly read: DataSource,
  ) {}

  /** Throws a Problem with status 503 if the process is shutting down, or a database does not respond. */
  async assertReady(): Promise<void> {
    if (this.isStopping) throw Problem.unavailable('not_ready', 'The service is stopping.');
    try {
      // Reads a table, because a cluster node that is not ready refuses only queries on tables.
      await Promise.all([this.write, this.read].map((source) => source.query('SELECT 1 FROM accounts LIMIT 1')));
    } catch {
      throw Problem.unavailable('database_unavailable', 'The database does not answer.');
    }
  }
}
