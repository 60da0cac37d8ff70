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

/** Everything in which the embedded database and the MySQL family differ. The rest of the code knows no dialect. */
interface Dialect {
  /** Whether all transactions share one connection, and so must queue. */
  readonly oneConnection: boolean;
  /** Transactions see what others committed before each statement; undefined where that is the only way there is. */
  readonly isolation: IsolationLevel | undefined;
  /** What a column of a type needs besides, so that it is the same on every database. */
  readonly columnOptions: Readonly<Partial<Record<string, Partial<TableColumnOptions>>>>;
  /** How a query says which index of a table it is to be read through. */
  readonly indexHint: (index: string) => string;
  /** What an insert does when there is a row with the same key: changes it. Stands before the changes. */
  readonly onDuplicate: (key: readonly string[]) => string;
  /** In such a change, the value that was to be inserted. */
  readonly inserted: (column: string) => string;
  /** Stands before a query that must see what any process has committed before it. */
  readonly latestRead: string;
  /** Lists the tables of the database. */
  readonly tablesQuery: string;
  /** The transaction lost against another one and is rolled back; it may be run again as a whole. */
  isRetryable(code: string): boolean;
  /** After a COMMIT that failed with this code, the transaction may have been committed all the same. */
  isCommitUncertain(code: string): boolean;
  /** Gives up a connection whose transaction could not be rolled back, so that no other transaction gets mixed with it. */
  abandon(runner: QueryRunner): Promise<void>;
  /** The database is away, or too busy to answer. */
  isUnavailable(code: string): boolean;
  /** The database can't be reached or takes no more connections, which may pass without anybody changing a setting. */
  mayConnectLater(code: string): boolean;
}

const SQLITE: Dialect = {
  oneConnection: true,
  isolation: undefined,
  columnOptions: {},
  indexHint: (index) => `INDEXED BY ${index}`,
  onDuplicate: (key) => `ON CONFLICT (${key.join(', ')}) DO UPDATE SET`,
  inserted: (column) => `excluded.${column}`,
  latestRead: '',
  tablesQuery: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  isRetryable: (code) => code.startsWith('SQLITE_BUSY'),
  isUnavailable: (code) => /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT)/.test(code),
  // A file that can't be opened needs a person. A locked one has been waited for by the driver already.
  mayConnectLater: () => false,
  isCommitUncertain: () => false,
  /**
   * SQLite ends a transaction by itself when the disk is full (sqlite.org/lang_transaction.html), and ROLLBACK then fails.
   * TypeORM still counts the transaction as open, and would make savepoints of all that follow, which nothing commits.
   */
  abandon: async (runner) => {
    delete (runner.dataSource.driver as BetterSqlite3Driver).queryRunner;
    const connection = (await runner.connect()) as { readonly inTransaction: boolean; exec(sql: string): void };
    if (connection.inTransaction) connection.exec('ROLLBACK');
  },
};

/** Errors of the network and of the pool of connections. */
const CONNECTION_LOST =
  /^(CONNECTION_LOST|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_|POOL_)/;

/** Errors of a server that can't serve now. */
const SERVER_UNAVAILABLE = new Set([
  'ER_ABORTING_CONNECTION',
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_CANT_CREATE_THREAD',
  'ER_CON_COUNT_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_DISK_FULL',
  // Galera: the node left the others while it committed.
  'ER_ERROR_DURING_COMMIT',
  'ER_HOST_IS_BLOCKED',
  'ER_LOCK_TABLE_FULL',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_NORMAL_SHUTDOWN',
  'ER_OPEN_AS_READONLY',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_OUTOFMEMORY',
  'ER_OUT_OF_RESOURCES',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_READ_ONLY_MODE',
  'ER_RECORD_FILE_FULL',
  'ER_SERVER_SHUTDOWN',
  'ER_TOO_MANY_USER_CONNECTIONS',
  // Galera: "WSREP has not yet prepared node for application use".
  'ER_UNKNOWN_COM_ERROR',
  'ER_USER_LIMIT_REACHED',
  // MariaDB's own, which the driver has no names for: connection killed, statement took too long.
  'ERROR_1927',
  'ERROR_1969',
]);

/** The server has rolled the transaction back for the sake of another one; in a cluster also at its COMMIT. */
const TRANSACTION_LOST = new Set([
  'ER_CHECKREAD',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_TRANSACTION_ROLLBACK_DURING_COMMIT',
]);

/** The server refuses the user, the password or the database, which waiting does not mend. */
const MISCONFIGURED = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_DBACCESS_DENIED_ERROR']);

/** Texts compare by their bytes, so that order and equality are the same on every database. */
const BY_BYTES = { charset: 'utf8mb4', collation: 'utf8mb4_bin' };

const MYSQL: Dialect = {
  oneConnection: false,
  isolation: 'READ COMMITTED',
  columnOptions: { varchar: BY_BYTES, text: BY_BYTES, datetime: { precision: 3 } },
  indexHint: (index) => `FORCE INDEX (${index})`,
  onDuplicate: () => 'ON DUPLICATE KEY UPDATE',
  inserted: (column) => `VALUES(${column})`,
  // On a node of a Galera cluster a query waits for what the other nodes have committed. To MySQL it is a comment.
  latestRead: '/*M! SET STATEMENT wsrep_sync_wait = 1 FOR */ ',
  tablesQuery: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
  isRetryable: (code) => TRANSACTION_LOST.has(code),
  isUnavailable: (code) => CONNECTION_LOST.test(code) || SERVER_UNAVAILABLE.has(code),
  mayConnectLater: (code) => MYSQL.isUnavailable(code) && !MISCONFIGURED.has(code),
  // A refusal to run COMMIT at all leaves the transaction as it was, to be rolled back.
  isCommitUncertain: (code) => !TRANSACTION_LOST.has(code) && code !== 'ER_UNKNOWN_COM_ERROR',
  abandon: async (runner) => {
    ((await runner.connect()) as { destroy(): void }).destroy();
  },
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

/**
 * Inserts a row, or changes the one with the same primary key, in one statement: it takes the lock that it needs at once,
 * where an insert and then an update would each let several in and then have them wait for each other.
 * @param changes SQL by column of the table; `inserted` names a value that was to be inserted
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

/** Has a table read through one of its indexes, where a planner that can't know the data guesses wrong; stands after its name. */
export function indexHint(source: DataSource, index: string): string {
  return dialectOf(source).indexHint(index);
}

/** Runs a query that sees what any process has committed before it, also where a node may be a few milliseconds behind. */
export function readLatest<Row>(manager: EntityManager, query: SelectQueryBuilder<ObjectLiteral>): Promise<Row[]> {
  const [sql, parameters] = query.getQueryAndParameters();
  return manager.query<Row[]>(dialectOf(manager.dataSource).latestRead + sql, parameters);
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

/** Rows that can be locked for the sake of other rows. */
interface Lockable extends ObjectLiteral {
  readonly id: string;
  readonly lockCount?: number;
}

/**
 * Locks a row until the transaction ends, by writing to it. Where a transaction changes other rows than the one that it
 * locks, `forUpdate` is not enough: in a cluster it locks on one node alone, but of two transactions that wrote the same
 * row, the one that commits later is rolled back and run again.
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

/** Whether the database is away: later it may work. */
export function isUnavailable(error: unknown): boolean {
  return [SQLITE, MYSQL].some((dialect) => dialect.isUnavailable(driverCode(error)));
}

/** Whether a transaction lost against others until it was given up: it was rolled back, and may be run again later. */
export function isContended(error: unknown): boolean {
  return [SQLITE, MYSQL].some((dialect) => dialect.isRetryable(driverCode(error)));
}

/** What a driver calls its error, wherever in the chain of causes it stands; empty for an error of no driver. */
export function driverCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    if (cause instanceof Problem) continue;
    const { code, errno, fatal } = cause as { code?: unknown; errno?: unknown; fatal?: unknown };
    if (typeof code === 'string') return code;
    if (typeof errno === 'number') return `ERROR_${errno}`;
    // mysql2 gives no code to a query on a connection that has broken before.
    if (fatal === true) return 'CONNECTION_LOST';
  }
  return '';
}

function causeOf(error: Error): unknown {
  const { driverError } = error as { driverError?: unknown };
  return driverError ?? error.cause;
}
