import { Logger } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { type RequestContext } from '../context/request-context';
import { dialectOf, driverCode } from './dialect';
import { inTransaction } from './transaction';

/** Maximum attempts of a transaction. */
const ATTEMPTS = 8;
/**
 * Milliseconds after which a transaction that lost a conflict is not run again, because the client has waited long
 * enough.
 */
const RETRY_TIMEOUT = 10_000;
/** Upper bound of the mean wait before the next attempt, in milliseconds. */
const LONGEST_WAIT = 320;

const ACTION = Symbol('action of the request');
const CHECK = Symbol('check before COMMIT');

/** Hooks that an action adds to its transaction. Each attempt runs both. */
export interface ActionHooks {
  /** Runs before the first statement of the work. */
  readonly beforeAttempt: () => void;
  /** Runs after the last statement of the work, before COMMIT. If it throws, the transaction is rolled back. */
  readonly beforeCommit: () => Promise<void>;
}

/** The action of the current request, which has at most one transaction. */
export interface Action {
  readonly hasCommitted: boolean;
}

interface RunningAction extends Action, ActionHooks {
  hasOpened: boolean;
  hasCommitted: boolean;
}

/** Runs work in database transactions, which are the only way to write to the database. */
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  /** The manager outside of transactions. */
  private readonly reader: EntityManager;
  /** The last transaction that was started, on a database with a single connection. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly context: RequestContext,
    private readonly source: DataSource,
    readSource: DataSource,
  ) {
    // The read-only connection to SQLite does not see the uncommitted changes of the other connection.
    this.reader = (dialectOf(source).hasSingleConnection ? readSource : source).manager;
  }

  /**
   * The entity manager of the open transaction. Outside of a transaction, it sees committed rows only; on SQLite, it
   * cannot write.
   */
  get manager(): EntityManager {
    return this.openTransaction ?? this.reader;
  }

  /** Registers the action of the current request. The next `run` opens its transaction, with these hooks. */
  beginAction(hooks: ActionHooks): Action {
    const action: RunningAction = { ...hooks, hasOpened: false, hasCommitted: false };
    this.context.set(ACTION, action);
    return action;
  }

  /**
   * Adds a check to the transactions that `run` opens for the current request. If it throws, the transaction is rolled
   * back.
   */
  checkBeforeCommit(check: () => void): void {
    this.context.set(CHECK, check);
  }

  /**
   * Runs the work in the open transaction, or else in a new one. If the request has registered an action, the new
   * transaction is the action's. A transaction that loses a conflict with another one is rolled back and run again, so
   * the work can run several times and must have no effects outside of the database.
   * @throws Error if the action has already opened its transaction
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.openTransaction) return work();
    const action = this.context.get(ACTION) as RunningAction | undefined;
    if (!action) return this.transaction(() => this.runChecked(work));
    if (action.hasOpened) {
      throw new Error(
        'A tracked action has one transaction, and this request has opened it before. Put all of its changes into one ' +
          '`run`; use `commitSeparately` for bookkeeping that must be kept when the action fails.',
      );
    }
    action.hasOpened = true;
    const result = await this.transaction(async () => {
      action.beforeAttempt();
      const answer = await this.runChecked(work);
      await action.beforeCommit();
      return answer;
    });
    action.hasCommitted = true;
    return result;
  }

  /**
   * Runs bookkeeping in a separate transaction, so that its changes are kept if the action fails. Like the work of
   * `run`, it can run several times.
   * @throws Error inside of an open transaction, which might roll the bookkeeping back or wait for it forever
   */
  async commitSeparately<Result>(bookkeeping: () => Promise<Result>): Promise<Result> {
    if (this.openTransaction) {
      throw new Error('A transaction is open: bookkeeping that commits separately must come before or after it.');
    }
    return this.transaction(bookkeeping);
  }

  private get openTransaction(): EntityManager | undefined {
    return this.context.transaction as EntityManager | undefined;
  }

  private async runChecked<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await work();
    (this.context.get(CHECK) as (() => void) | undefined)?.();
    return result;
  }

  private async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        const code = driverCode(error);
        const mayRetry = attempt < ATTEMPTS && performance.now() - start < RETRY_TIMEOUT;
        if (!mayRetry || !dialectOf(this.source).isRetryable(code)) throw error;
        this.logger.debug(`A transaction lost against another one (${code}) and is run again.`);
        await setTimeout(Math.min(2 ** attempt * 5, LONGEST_WAIT) * (0.5 + Math.random()));
      }
    }
  }

  /**
   * Runs work in a new transaction. TypeORM has a single connection to SQLite and would mix the statements of concurrent
   * transactions, so there each of them waits until the previous one has ended.
   */
  private attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    const transaction = () => inTransaction(this.source, (manager) => this.context.runInTransaction(manager, work));
    if (!dialectOf(this.source).hasSingleConnection) return transaction();
    const turn = this.last.then(transaction, transaction);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
