import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Problem } from '../http/problems/problem';
import { dialectOf, driverCode } from './dialect';

/**
 * Runs work in a new transaction. If anything fails, nothing of the transaction remains on the connection.
 * @throws OutcomeUnknown if the connection broke during COMMIT
 */
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
    // The caller reports the error that caused the rollback. This error only means that the connection must be
    // discarded.
    await dialectOf(runner.dataSource)
      .abandon(runner)
      .catch(() => undefined);
  }
}

/** The connection broke during COMMIT, so the changes may have been committed or not. */
export class OutcomeUnknown extends Problem {
  constructor(cause: unknown) {
    const detail =
      'The database went away while the changes were being saved, so they may have been made or not. ' +
      'Check before you repeat the request; a request with an Idempotency-Key can be repeated safely.';
    super(503, 'outcome_unknown', detail, [], { 'Retry-After': '5' });
    this.cause = cause;
  }
}
