import { Logger } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Problem } from '../http/problems/problem';
import { dialectOf, driverCode } from './dialect';
import { runInOrder, type Execution } from './statement';

/** Maximum attempts of a transaction. */
const ATTEMPTS = 8;
/**
 * Milliseconds after which a transaction that lost a conflict is not run again, because the client has waited long
 * enough.
 */
const RETRY_TIMEOUT = 10_000;
/** Upper bound of the mean wait before the next attempt, in milliseconds. */
const LONGEST_WAIT = 320;

const logger = new Logger('Transaction');

/** Runs a transaction, and runs it again as long as it loses a conflict with another one. */
export async function repeatLost<Result>(source: DataSource, transaction: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      const code = driverCode(error);
      const mayRetry = attempt < ATTEMPTS && performance.now() - start < RETRY_TIMEOUT;
      if (!mayRetry || !dialectOf(source).isRetryable(code)) throw error;
      logger.debug(`A transaction lost against another one (${code}) and is run again.`);
      await setTimeout(Math.min(2 ** attempt * 5, LONGEST_WAIT) * (0.5 + Math.random()));
    }
  }
}

/**
 * Runs work in a new transaction. If anything fails, nothing of the transaction remains on the connection.
 * @throws OutcomeUnknown if the connection broke during COMMIT
 */
export function inTransaction<Result>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  return inTurn(source, () => runTransaction(source, work));
}

/**
 * Runs statements as a transaction that belongs to no request.
 * @throws OutcomeUnknown if the connection broke, even before COMMIT: the statements can be run again on another one
 */
export function commitStatements(source: DataSource, executions: readonly Execution[]): Promise<void> {
  return inTurn(source, async () => {
    const runner = source.createQueryRunner();
    try {
      await runner.connect();
      await commitOn(runner, executions).catch(async (error: unknown) => {
        await rollBack(runner);
        throw mayHaveCommitted(source, error) ? new OutcomeUnknown(error) : error;
      });
    } finally {
      await runner.release();
    }
  });
}

async function commitOn(runner: QueryRunner, executions: readonly Execution[]): Promise<void> {
  await begin(runner);
  await runInOrder(runner.manager, executions);
  await runner.commitTransaction();
}

/** A promise that settles when the last queued transaction has ended, by data source. */
const lastTurns = new WeakMap<DataSource, Promise<unknown>>();

/**
 * Runs transactions one after another if all of them share one connection. TypeORM would mix the statements of
 * concurrent transactions.
 */
function inTurn<Result>(source: DataSource, transaction: () => Promise<Result>): Promise<Result> {
  if (!dialectOf(source).hasSingleConnection) return transaction();
  const last = lastTurns.get(source) ?? Promise.resolve();
  const turn = last.then(transaction, transaction);
  lastTurns.set(
    source,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Returns whether statements of which one failed with this error may have been committed. */
function mayHaveCommitted(source: DataSource, error: unknown): boolean {
  const dialect = dialectOf(source);
  const code = driverCode(error);
  // The server reports all other errors before the commit.
  return dialect.isUnavailable(code) && dialect.isCommitUncertain(code);
}

async function runTransaction<Result>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  try {
    await begin(runner);
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

/** Starts a transaction with the isolation level of the dialect. */
async function begin(runner: QueryRunner): Promise<void> {
  const { isolation } = dialectOf(runner.dataSource);
  const connection = (await runner.connect()) as object;
  if (isolation !== undefined && !isolated.has(connection)) {
    await runner.query(`SET SESSION TRANSACTION ISOLATION LEVEL ${isolation}`);
    isolated.add(connection);
  }
  await runner.startTransaction();
}

/** The connections whose transactions have the isolation level of the dialect, which each connection is told once. */
const isolated = new WeakSet<object>();

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
      'The connection to the database was lost while the changes were being saved, so they may or may not have been made. ' +
      'Check before you repeat the request; a request with an Idempotency-Key and a batch of records can be repeated safely.';
    super(503, 'outcome_unknown', detail, [], { 'Retry-After': '5' });
    this.cause = cause;
  }
}
