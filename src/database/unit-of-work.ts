import { Injectable, Logger } from '@nestjs/common';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import { InjectDataSource } from '@nestjs/typeorm';
import { ClsService } from 'nestjs-cls';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { dialectOf, driverCode } from './dialect';

const ATTEMPTS = 8;
/** Milliseconds after which a lost transaction is not run again: the client has waited long enough. */
const PATIENCE = 10_000;
/** Longest mean wait before another attempt, in milliseconds. */
const LONGEST_WAIT = 320;

const ACTION = Symbol('action of the request');
const CHECK = Symbol('check before COMMIT');

/** What an action adds to its transaction; both run in each attempt. */
export interface ActionHooks {
  /** Runs before the first statement of the work. */
  readonly beforeAttempt: () => void;
  /** Runs after the last statement of the work, before COMMIT. When it throws, the transaction is rolled back. */
  readonly beforeCommit: () => Promise<void>;
}

/** The action of the current request, which has one transaction at most. */
export interface Action {
  readonly hasCommitted: boolean;
}

interface RunningAction extends Action, ActionHooks {
  hasOpened: boolean;
  hasCommitted: boolean;
}

/** The only way to write to the database: everything in a transaction commits together, or nothing does. */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);

  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    private readonly cls: ClsService,
    @InjectDataSource() private readonly source: DataSource,
  ) {}

  /** The database as the open transaction sees it; outside of a transaction, committed rows, which can only be read where that can be enforced. */
  get manager(): EntityManager {
    return this.host.tx;
  }

  /** Registers the action of the current request: the next `run` opens its transaction, with these hooks. */
  beginAction(hooks: ActionHooks): Action {
    // One object in the store: transactions run in copies of the store, and what happens in them must be seen outside.
    const action: RunningAction = { ...hooks, hasOpened: false, hasCommitted: false };
    this.cls.set(ACTION, action);
    return action;
  }

  /** Adds a check to the transaction that `run` opens for the current request: when it throws, the transaction is rolled back. */
  checkBeforeCommit(check: () => void): void {
    this.cls.set(CHECK, check);
  }

  /**
   * Runs the work in the open transaction, or else in a new one, which is the action's if the request has registered one.
   * A transaction that loses against another one is rolled back and run again, so the work may run several times: outside
   * of the database it must leave no trace.
   * @throws Error when the action has opened its transaction before
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.host.isTransactionActive()) return work();
    const action = this.action;
    if (!action) return this.transaction(() => this.checked(work));
    if (action.hasOpened) {
      throw new Error(
        'A tracked action has one transaction, and this request has opened it before. Put all of its changes into one ' +
          '`run`; use `commitSeparately` for bookkeeping that must be kept when the action fails.',
      );
    }
    action.hasOpened = true;
    const result = await this.transaction(async () => {
      action.beforeAttempt();
      const answer = await this.checked(work);
      await action.beforeCommit();
      return answer;
    });
    action.hasCommitted = true;
    return result;
  }

  /**
   * Runs bookkeeping in a transaction of its own, which is not the action's: it is kept when the action fails. Like `run`,
   * it is run again when it loses against another transaction.
   * @throws Error inside of an open transaction, which might roll the bookkeeping back or wait for it forever
   */
  async commitSeparately<Result>(bookkeeping: () => Promise<Result>): Promise<Result> {
    if (this.host.isTransactionActive()) {
      throw new Error('A transaction is open: bookkeeping that commits separately must come before or after it.');
    }
    return this.transaction(bookkeeping);
  }

  private get action(): RunningAction | undefined {
    return this.cls.isActive() ? this.cls.get(ACTION) : undefined;
  }

  private async checked<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await work();
    if (this.cls.isActive()) this.cls.get<(() => void) | undefined>(CHECK)?.();
    return result;
  }

  private async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
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
