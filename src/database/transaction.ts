import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Problem } from '../http/problems/problem';
import { dialectOf, driverCode } from './dialect';

/** Runs work in a transaction of its own, and leaves no part of it on the connection, whatever goes wrong. */
export async function inTransaction<Result>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction(dialectOf(source).isolation);
    const result = await work(runner.manager);
    await commit(runner);
    return result;
  } catch (error) {
    await rollBack(runner);
    throw error;
  } finally {
    await runner.release();
  }
}

async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.commitTransaction();
  } catch (error) {
    throw dialectOf(runner.dataSource).isCommitUncertain(driverCode(error)) ? new OutcomeUnknown(error) : error;
  }
}

async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch {
    // The error that made the rollback necessary is the one to report; this one only says that the connection is no longer good.
    await dialectOf(runner.dataSource)
      .abandon(runner)
      .catch(() => undefined);
  }
}

/** The connection broke during COMMIT: the changes may have been made or not. */
export class OutcomeUnknown extends Problem {
  constructor(cause: unknown) {
    const detail =
      'The database went away while the changes were being saved, so they may have been made or not. ' +
      'Check before you repeat the request; a request with an Idempotency-Key can be repeated safely.';
    super(503, 'outcome_unknown', detail, [], { 'Retry-After': '5' });
    this.cause = cause;
  }
}
