import type { DataSource, EntityManager, ObjectLiteral } from 'typeorm';
import type { RequestContext } from '../context/request-context';
import { dialectOf } from './dialect';
import { InsertStatement, type RowList } from './insert-statement';
import { runInOrder, type Execution } from './statement';
import { commitStatements, inTransaction, repeatLost } from './transaction';

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
  /** The manager outside of transactions. */
  private readonly reader: EntityManager;
  /** What to call after the commit of each open transaction. */
  private readonly callbacks = new WeakMap<EntityManager, (() => void)[]>();

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
    this.assertNoTransaction();
    return this.transaction(bookkeeping);
  }

  /** @throws Error inside of an open transaction */
  assertNoTransaction(): void {
    if (this.openTransaction) {
      throw new Error('A transaction is open: bookkeeping that commits separately must come before or after it.');
    }
  }

  /** Inserts lists of rows in the open transaction. */
  insert<Rows extends ObjectLiteral[]>(...lists: { [Place in keyof Rows]: RowList<Rows[Place]> }): Promise<void> {
    return runInOrder(this.manager, this.executionsOf(lists));
  }

  /**
   * Inserts lists of rows in one transaction that belongs to no request, because several requests wait for it.
   * @throws OutcomeUnknown if the connection broke before the database confirmed the commit
   */
  insertTogether(lists: readonly RowList[]): Promise<void> {
    const executions = [...this.executionsOf(lists)];
    return repeatLost(this.source, () => commitStatements(this.source, executions));
  }

  /** Calls a function after the open transaction has committed. It is not called if the transaction is rolled back. */
  afterCommit(callback: () => void): void {
    const callbacks = this.openTransaction && this.callbacks.get(this.openTransaction);
    if (!callbacks) throw new Error('No transaction is open.');
    callbacks.push(callback);
  }

  private *executionsOf(lists: readonly RowList[]): Generator<Execution> {
    for (const { entity, rows } of lists) yield* InsertStatement.for(this.source, entity).executionsOf(rows);
  }

  private get openTransaction(): EntityManager | undefined {
    return this.context.transaction as EntityManager | undefined;
  }

  private async runChecked<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await work();
    (this.context.get(CHECK) as (() => void) | undefined)?.();
    return result;
  }

  private transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return repeatLost(this.source, async () => {
      const callbacks: (() => void)[] = [];
      const result = await inTransaction(this.source, (manager) => {
        this.callbacks.set(manager, callbacks);
        return this.context.runInTransaction(manager, work);
      });
      for (const callback of callbacks) callback();
      return result;
    });
  }
}
