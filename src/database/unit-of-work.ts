import { Injectable, Logger } from '@nestjs/common';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { dialectOf, driverCode } from './dialect';

const ATTEMPTS = 8;
/** Milliseconds after which a lost transaction is not run again: the client has waited long enough. */
const PATIENCE = 10_000;
/** Longest mean wait before another attempt, in milliseconds. */
const LONGEST_WAIT = 320;

/** The one way to write: all of it commits together, or none of it does. */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    @InjectDataSource() private readonly source: DataSource,
  ) {}

  /** The database as this unit of work sees it; outside of one, what is committed, and only to read where that can be enforced. */
  get manager(): EntityManager {
    return this.host.tx;
  }

  /**
   * Runs the work in a transaction, or in the one that is open already. A transaction that loses against another one is
   * rolled back and run again, so the work may run several times: outside of the database it must leave no trace.
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.host.isTransactionActive()) return work();
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.host.withTransaction(work);
      } catch (error) {
        const code = driverCode(error);
        const mayRetry = attempt < ATTEMPTS && performance.now() - start < PATIENCE;
        if (!mayRetry || !dialectOf(this.source).isRetryable(code)) throw error;
        this.logger.debug(`A transaction lost against another one (${code}) and is run again.`);
        await setTimeout(Math.min(2 ** attempt * 5, LONGEST_WAIT) * (0.5 + Math.random()));
      }
    }
  }
}
