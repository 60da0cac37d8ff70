import type {
  DataSource,
  EntityManager,
  EntityTarget,
  ObjectLiteral,
  QueryRunner,
  SelectQueryBuilder,
  TableColumnOptions,
} from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel';
import { Problem } from '../http/problems/problem';
import { INDEX_HINTS, type IndexHint } from './read-dialect';
import { isServerUnavailable, MISCONFIGURED, TRANSACTION_LOST } from './server-errors';

/** The differences between SQLite, and MySQL and MariaDB. No other file depends on the kind of database. */
interface Dialect {
  /** Whether all transactions share one connection, so that they must run one after another. */
  readonly hasSingleConnection: boolean;
  /** Isolation level of transactions; undefined if the database has only one. */
  readonly isolation: IsolationLevel | undefined;
  /** Additional options of a column by its type, so that the column behaves the same on every database. */
  readonly columnOptions: Readonly<Partial<Record<string, Partial<TableColumnOptions>>>>;
  /** Returns the clause, after the name of a table, that makes a query use an index of the table. */
  readonly indexHint: IndexHint;
  /** The join of two tables that reads the first one first, in the order of its index. */
  readonly orderedJoin: string;
  /** Returns the clause of an insert that updates the row with the same key, up to the assignments. */
  readonly onDuplicate: (key: readonly string[]) => string;
  /** Returns the expression, in such an assignment, for the value that the insert has for a column. */
  readonly inserted: (column: string) => string;
  /** Prefix of a query that must see all rows that any process has committed before it. */
  readonly latestRead: string;
  /** Clause at the end of a query that locks its rows until the transaction ends. */
  readonly lockingClause: string;
  /** Query that returns the names of the tables. */
  readonly tablesQuery: string;
  /** Returns whether the transaction lost a conflict with another one and was rolled back, so that it can be run again. */
  isRetryable(code: string): boolean;
  /** Returns whether the transaction may have been committed although its COMMIT failed with this code. */
  isCommitUncertain(code: string): boolean;
  /** Discards a connection whose ROLLBACK failed, so that its statements do not become part of another transaction. */
  abandon(runner: QueryRunner): Promise<void>;
  /** Returns whether the database is unavailable, or too busy to answer. */
  isUnavailable(code: string): boolean;
  /** Returns whether connecting may succeed later without a change of the settings. */
  mayConnectLater(code: string): boolean;
}

const SQLITE: Dialect = {
  hasSingleConnection: true,
  isolation: undefined,
  columnOptions: {},
  indexHint: INDEX_HINTS.sqlite,
  orderedJoin: 'CROSS JOIN',
  onDuplicate: (key) => `ON CONFLICT (${key.join(', ')}) DO UPDATE SET`,
  inserted: (column) => `excluded.${column}`,
  latestRead: '',
  // Transactions never overlap.
  lockingClause: '',
  tablesQuery: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  isRetryable: (code) => code.startsWith('SQLITE_BUSY'),
  isUnavailable: (code) => /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT)/.test(code),
  // A file that cannot be opened needs an administrator, and the driver has already waited for a locked file.
  mayConnectLater: () => false,
  isCommitUncertain: () => false,
  /**
   * SQLite itself rolls a transaction back when the disk is full (sqlite.org/lang_transaction.html), so that ROLLBACK
   * fails. TypeORM still counts the transaction as open, and would turn all later transactions into savepoints that are
   * never committed.
   */
  abandon: async (runner) => {
    delete (runner.dataSource.driver as BetterSqlite3Driver).queryRunner;
    const connection = (await runner.connect()) as { readonly inTransaction: boolean; exec(sql: string): void };
    if (connection.inTransaction) connection.exec('ROLLBACK');
  },
};

/** Compares texts by their bytes, so that order and equality are the same on every database. */
const BY_BYTES = { charset: 'utf8mb4', collation: 'utf8mb4_bin' };

const MYSQL: Dialect = {
  hasSingleConnection: false,
  isolation: 'READ COMMITTED',
  columnOptions: { varchar: BY_BYTES, text: BY_BYTES, datetime: { precision: 3 } },
  indexHint: INDEX_HINTS.mysql,
  orderedJoin: 'STRAIGHT_JOIN',
  onDuplicate: () => 'ON DUPLICATE KEY UPDATE',
  inserted: (column) => `VALUES(${column})`,
  // On a Galera cluster, the query waits until the node has all commits of the other nodes. MySQL takes this for a
  // comment.
  latestRead: '/*M! SET STATEMENT wsrep_sync_wait = 1 FOR */ ',
  lockingClause: 'FOR UPDATE',
  tablesQuery: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
  isRetryable: (code) => TRANSACTION_LOST.has(code),
  isUnavailable: isServerUnavailable,
  mayConnectLater: (code) => isServerUnavailable(code) && !MISCONFIGURED.has(code),
  // With ER_UNKNOWN_COM_ERROR, the node did not run COMMIT at all, so the transaction is still open and can be rolled
  // back.
  isCommitUncertain: (code) => !TRANSACTION_LOST.has(code) && code !== 'ER_UNKNOWN_COM_ERROR',
  abandon: async (runner) => {
    ((await runner.connect()) as { destroy(): void }).destroy();
  },
};

/** Returns the dialect of a data source. */
export function dialectOf(source: DataSource): Dialect {
  return source.options.type === 'better-sqlite3' ? SQLITE : MYSQL;
}

/** Inserts a row, unless a row with the same key exists. */
export async function insertIgnoring<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
): Promise<void> {
  await manager.createQueryBuilder().insert().into(entity).values(row).orIgnore().updateEntity(false).execute();
}

/**
 * Inserts a row, or updates the row with the same primary key. A single statement takes the lock of the row at once; an
 * insert followed by an update would cause deadlocks between concurrent transactions.
 * @param changes returns the SQL expression of each column to update; `inserted` returns the value that the insert has
 * for a column
 */
export async function insertOrChange<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
  changes: (inserted: (column: string) => string) => Readonly<Record<string, string>>,
): Promise<void> {
  const { onDuplicate, inserted } = dialectOf(manager.dataSource);
  const key = manager.dataSource.getMetadata(entity).primaryColumns.map(({ databaseName }) => databaseName);
  const [insert, parameters] = manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(row)
    .updateEntity(false)
    .getQueryAndParameters();
  const assignments = Object.entries(changes(inserted)).map(([column, value]) => `${column} = ${value}`);
  await manager.query(`${insert} ${onDuplicate(key)} ${assignments.join(', ')}`, parameters);
}

/**
 * Returns a clause for after a table's name that makes a query use an index, where the query planner would choose a
 * slow one.
 */
export function indexHint(source: DataSource, index: string): string {
  return dialectOf(source).indexHint(index);
}

/**
 * Runs a query that sees all rows that any process has committed before it, even on a cluster node that lags behind.
 */
export function readLatest<Row>(manager: EntityManager, query: SelectQueryBuilder<ObjectLiteral>): Promise<Row[]> {
  const [sql, parameters] = query.getQueryAndParameters();
  return manager.query<Row[]>(dialectOf(manager.dataSource).latestRead + sql, parameters);
}

/** Returns the clause for the end of a query that makes it lock its rows until the transaction ends. */
export function lockingClause(source: DataSource): string {
  return dialectOf(source).lockingClause;
}

/** Returns the names of the tables in the database. */
export async function tableNames(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>(dialectOf(source).tablesQuery);
  return rows.map(({ name }) => name);
}

/** Makes a query lock its rows until the transaction ends. Does nothing on SQLite, where transactions never overlap. */
export function forUpdate<Entity extends ObjectLiteral>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
): SelectQueryBuilder<Entity> {
  return dialectOf(manager.dataSource).hasSingleConnection ? query : query.setLock('pessimistic_write');
}

/** A row that `lockRow` can lock. */
interface Lockable extends ObjectLiteral {
  readonly id: string;
  readonly lockCount?: number;
}

/**
 * Locks a row until the transaction ends, by writing to it. A transaction that changes other rows than the one that it
 * locks needs this instead of `forUpdate`, whose locks are local to one node of a cluster. If two transactions write to
 * the same row on different nodes, the one that commits later is rolled back and run again.
 */
export async function lockRow<Row extends Lockable>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  id: string,
): Promise<void> {
  const lockCount = () => 'lock_count + 1';
  await manager
    .createQueryBuilder()
    .update(entity as EntityTarget<Lockable>)
    .set({ lockCount })
    .where({ id })
    .execute();
}

/** Makes a query lock its rows as `forUpdate` does, and skip those that another transaction has locked. */
export function forUpdateOfUnlocked<Entity extends ObjectLiteral>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
): SelectQueryBuilder<Entity> {
  const locking = forUpdate(manager, query);
  return dialectOf(manager.dataSource).hasSingleConnection ? locking : locking.setOnLocked('skip_locked');
}

const DUPLICATE_CODES = ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'];

/** Returns whether a write failed because a row with the same key exists. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE_CODES.includes(driverCode(error));
}

/** Returns whether an error means that the database is unavailable, so that a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  return [SQLITE, MYSQL].some((dialect) => dialect.isUnavailable(driverCode(error)));
}

/** Returns whether a transaction was rolled back because of conflicts with others, in each of its attempts. */
export function isContended(error: unknown): boolean {
  return [SQLITE, MYSQL].some((dialect) => dialect.isRetryable(driverCode(error)));
}

/** Returns the code of the first driver error in the chain of causes, or an empty text if there is none. */
export function driverCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    if (cause instanceof Problem) continue;
    const { code, errno, fatal } = cause as { code?: unknown; errno?: unknown; fatal?: unknown };
    if (typeof code === 'string') return code;
    if (typeof errno === 'number') return `ERROR_${errno}`;
    // The error of mysql2 for a query on a broken connection has no code.
    if (fatal === true) return 'CONNECTION_LOST';
  }
  return '';
}

function causeOf(error: Error): unknown {
  const { driverError } = error as { driverError?: unknown };
  return driverError ?? error.cause;
}
