import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AsyncResource } from 'node:async_hooks';
import { LedgerAppended } from '../audit/recording/account-signal';
import { Statement } from '../database/statement';
import { UnitOfWork } from '../database/unit-of-work';
import { partsOf } from '../lib/elements';

/** Milliseconds between two queries for the ends of the ledgers. */
const QUERY_INTERVAL = 200;
/** Maximum number of accounts of one query. */
const MAX_ACCOUNTS = 256;

/** A follower that has read all of the ledger and waits for more. */
interface Waiter {
  readonly accountId: string;
  /** The last place of the ledger that it has read. */
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface LedgerHead {
  readonly accountId: string;
  readonly sequence: number | string;
}

/**
 * Wakes followers when the ledger of their account grows: at once if this process has appended the records, and soon if
 * another one has. One query serves all followers of the process, and none of them holds a connection to the database
 * while it waits.
 */
@Injectable()
export class LedgerWatch implements OnModuleDestroy {
  private readonly waiters = new Set<Waiter>();
  private nextQuery: NodeJS.Timeout | undefined;
  private isQuerying = false;
  private readonly stopListening: () => void;
  /** The queries belong to no request, so they run in the context in which this object was created. */
  private readonly scope = new AsyncResource('LedgerWatch');
  /** The queries, by their number of accounts. */
  private readonly statements = new Map<number, Statement<LedgerHead>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    appended: LedgerAppended,
  ) {
    this.stopListening = appended.listen((accountIds) => {
      for (const waiter of this.waiters) if (accountIds.includes(waiter.accountId)) waiter.resolve();
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.nextQuery);
    this.stopListening();
  }

  /**
   * Waits until the ledger of an account has a record after a sequence, the follower has ended, or the time is over.
   * Throws if the database cannot be read.
   * @returns false if the time is over
   */
  waitPast(accountId: string, sequence: number, milliseconds: number, ended: AbortSignal): Promise<boolean> {
    if (ended.aborted) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        ended.removeEventListener('abort', wake);
        this.waiters.delete(waiter);
      };
      const wake = () => {
        waiter.resolve();
      };
      const waiter: Waiter = {
        accountId,
        sequence,
        resolve: () => {
          stop();
          resolve(true);
        },
        reject: (error) => {
          stop();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is what the query threw
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        stop();
        resolve(false);
      }, milliseconds);
      ended.addEventListener('abort', wake);
      this.waiters.add(waiter);
      this.scheduleQuery();
    });
  }

  private scheduleQuery(): void {
    if (this.isQuerying || this.nextQuery !== undefined || this.waiters.size === 0) return;
    this.nextQuery = setTimeout(() => {
      this.nextQuery = undefined;
      if (this.waiters.size > 0) void this.scope.runInAsyncScope(() => this.wakeGrown());
    }, QUERY_INTERVAL);
  }

  /** Wakes the followers whose ledgers have grown. */
  private async wakeGrown(): Promise<void> {
    this.isQuerying = true;
    const waiters = [...this.waiters];
    try {
      const heads = await this.readHeads([...new Set(waiters.map(({ accountId }) => accountId))]);
      for (const waiter of waiters) if ((heads.get(waiter.accountId) ?? 0) > waiter.sequence) waiter.resolve();
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
    this.isQuerying = false;
    this.scheduleQuery();
  }

  /** Reads the sequence of the newest entry of each account's ledger. */
  async readHeads(accountIds: readonly string[]): Promise<Map<string, number>> {
    const heads = new Map<string, number>();
    for (const some of partsOf(accountIds, MAX_ACCOUNTS)) {
      for (const { accountId, sequence } of await this.queryHeads(some)) heads.set(accountId, Number(sequence));
    }
    return heads;
  }

  /** Repeats an account to fill the statement, so that few different statements are prepared. */
  private queryHeads(accountIds: readonly string[]): Promise<LedgerHead[]> {
    const places = 2 ** Math.ceil(Math.log2(accountIds.length));
    const statement = this.statements.get(places) ?? new Statement<LedgerHead>(headsQuery(places));
    this.statements.set(places, statement);
    const padding = Array<string>(places - accountIds.length).fill(accountIds[0] ?? '');
    return statement.rows(this.unitOfWork.manager, [...accountIds, ...padding]);
  }
}

/** Returns the query for the ends of the ledgers of a number of accounts. */
function headsQuery(accounts: number): string {
  const places = Array<string>(accounts).fill('?').join(', ');
  return `SELECT account_id AS accountId, sequence FROM audit_ledger_heads WHERE account_id IN (${places})`;
}
