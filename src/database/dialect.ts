import { Problem } from '../common/problem';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel';

/** Everything in which the embedded database and the MySQL family differ. The rest of the code knows no dialect. */
interface Dialect {
  /** Whether all transactions share one connection, and so must queue. */
  readonly oneConnection: boolean;
  /** Transactions see what others committed before each statement; undefined where that is the only way there is. */
  readonly isolation: IsolationLevel | undefined;
  /** How texts are stored and compared: by their bytes, so that order and equality are the same on every database. */
  readonly textColumn: { readonly charset?: string; readonly collation?: string };
  /** How instants are stored, to the millisecond. */
  readonly instantColumn: { readonly precision?: number };
  /** How a query says which index of a table it is to be read through. */
  readonly indexHint: (index: string) => string;
  /** Lists the tables of the database. */
  readonly tablesQuery: string;
  /** The transaction lost against another one, and may be run again as a whole. */
  isRetryable(code: string): boolean;
  /** The database is away, or too busy to answer. */
  isUnavailable(code: string): boolean;
}

const SQLITE: Dialect = {
  oneConnection: true,
  isolation: undefined,
  textColumn: {},
  instantColumn: {},
  indexHint: (index) => `INDEXED BY ${index}`,
  tablesQuery: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  isRetryable: (code) => code.startsWith('SQLITE_BUSY'),
  isUnavailable: (code) => /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT)/.test(code),
};

const CONNECTION_LOST =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_|POOL_|ER_(CON_COUNT|SERVER_SHUTDOWN|LOCK_WAIT|OPTION_PREVENTS|CONNECTION_KILLED|DISK_FULL|RECORD_FILE_FULL|QUERY_INTERRUPTED|ACCESS_DENIED|DBACCESS|BAD_DB))/;

const MYSQL: Dialect = {
  oneConnection: false,
  isolation: 'READ COMMITTED',
  textColumn: { charset: 'utf8mb4', collation: 'utf8mb4_bin' },
  instantColumn: { precision: 3 },
  indexHint: (index) => `FORCE INDEX (${index})`,
  tablesQuery: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
  isRetryable: (code) => ['ER_LOCK_DEADLOCK', 'ER_CHECKREAD', 'ER_LOCK_WAIT_TIMEOUT'].includes(code),
  isUnavailable: (code) => CONNECTION_LOST.test(code),
};

export function dialectOf(source: DataSource): Dialect {
  return source.options.type === 'better-sqlite3' ? SQLITE : MYSQL;
}

/** Inserts a row, unless one with the same key is there already. */
export async function insertIgnoring<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
): Promise<void> {
  await manager.createQueryBuilder().insert().into(entity).values(row).orIgnore().updateEntity(false).execute();
}

/** Has a table read through one of its indexes, where a planner that can't know the data guesses wrong; stands after its name. */
export function indexHint(source: DataSource, index: string): string {
  return dialectOf(source).indexHint(index);
}

/** The names of the tables that the database holds. */
export async function tableNames(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>(dialectOf(source).tablesQuery);
  return rows.map(({ name }) => name);
}

/** Locks the rows of a query until the transaction ends; on the embedded database it has the whole database anyway. */
export function forUpdate<Entity extends ObjectLiteral>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
): SelectQueryBuilder<Entity> {
  return dialectOf(manager.dataSource).oneConnection ? query : query.setLock('pessimistic_write');
}

/** Locks the rows of a query as `forUpdate` does, but leaves out those that another transaction has locked. */
export function forUpdateOfUnlocked<Entity extends ObjectLiteral>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
): SelectQueryBuilder<Entity> {
  const locking = forUpdate(manager, query);
  return dialectOf(manager.dataSource).oneConnection ? locking : locking.setOnLocked('skip_locked');
}

const DUPLICATE_CODES = ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'];

/** Whether a write failed because a row with the same key is there already. */
export function isDuplicate(error: unknown): boolean {
  return DUPLICATE_CODES.includes(driverCode(error));
}

/** Whether the database is away, or too busy to answer: later it may work. */
export function isUnavailable(error: unknown): boolean {
  return [SQLITE, MYSQL].some((dialect) => dialect.isUnavailable(driverCode(error)));
}

/** What a driver calls its error, wherever in the chain of causes it stands; empty for an error of no driver. */
export function driverCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && !(cause instanceof Problem)) return code;
  }
  return '';
}

function causeOf(error: Error): unknown {
  const { driverError } = error as { driverError?: unknown };
  return driverError ?? error.cause;
}
