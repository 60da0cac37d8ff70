import type * as Mysql2 from 'mysql2';
import type { Connection } from 'mysql2';
import type { Socket } from 'node:net';
import { loadPackage } from '../../lib/load-package';
import { HOURS, INDEX_HINTS, type HourOf, type IndexHint } from '../read-dialect';

/** Options of TLS, as mysql2 names them. */
export interface TlsOptions {
  readonly rejectUnauthorized: true;
  /** Whether the certificate must be for the name of the host. */
  readonly verifyIdentity: boolean;
}

/** How a worker thread connects to the database for reading: plain data, which can be sent to it. */
export type ReadConnectionOptions =
  | { readonly kind: 'sqlite'; readonly driver: string; readonly file: string }
  | {
      readonly kind: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
      readonly timezone: string;
      readonly charset: string;
      readonly connectTimeout: number;
      /** Milliseconds after which a connection that has not answered a query is broken off. */
      readonly answerTimeout: number;
      readonly ssl?: TlsOptions;
    };

/** The value of a column, as both drivers return it. */
export type ColumnValue = string | number | null;
/** A row: the values of its columns, in the order of the query. */
export type ColumnValues = readonly ColumnValue[];

/** A query with the values of its placeholders. */
export interface ReadQuery {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * A connection that only reads, without TypeORM, for worker threads. Rows are arrays, because creating an object for
 * each row takes longer than reading it.
 */
export interface ReadConnection {
  readonly indexHint: IndexHint;
  readonly hourOf: HourOf;
  /** Whether the thread can do other work while the database runs a query. */
  readonly isAsynchronous: boolean;
  /** Whether a time limit can stop a statement. A driver that runs statements in this thread cannot stop them. */
  readonly canStopStatements: boolean;
  /**
   * Returns the rows of a query.
   * @param limit milliseconds after which the database stops the statement, if it can
   * @throws StatementStopped
   */
  read(query: ReadQuery, limit?: number): Promise<ColumnValues[]>;
}

/** The error of a statement that the database has stopped because it reached its limit. */
export class StatementStopped extends Error {}

/** Returns a connection that is opened by the first query, and opened again when it was lost. */
export function readConnection(options: ReadConnectionOptions): ReadConnection {
  return options.kind === 'sqlite' ? new SqliteReadConnection(options) : new MysqlReadConnection(options);
}

/** A statement of better-sqlite3. */
interface SqliteStatement {
  raw(): SqliteStatement;
  all(values: ReadQuery['values']): ColumnValues[];
}
interface SqliteDatabase {
  pragma(sql: string): void;
  prepare(sql: string): SqliteStatement;
}
type SqliteDriver = new (file: string, options: object) => SqliteDatabase;

/** Maximum number of statements that a connection to SQLite keeps prepared. */
const MAX_PREPARED = 100;

class SqliteReadConnection implements ReadConnection {
  readonly indexHint = INDEX_HINTS.sqlite;
  readonly hourOf = HOURS.sqlite;
  readonly isAsynchronous = false;
  readonly canStopStatements = false;
  private readonly prepared = new Map<string, SqliteStatement>();
  private database: SqliteDatabase | undefined;

  constructor(private readonly options: ReadConnectionOptions & { readonly kind: 'sqlite' }) {}

  // eslint-disable-next-line @typescript-eslint/require-await -- the driver is synchronous; an error must reject
  async read({ sql, values }: ReadQuery): Promise<ColumnValues[]> {
    const { driver, file } = this.options;
    this.database ??= open(loadPackage(driver) as SqliteDriver, file);
    const statement = this.prepared.get(sql) ?? this.database.prepare(sql).raw();
    if (this.prepared.size === MAX_PREPARED) this.prepared.clear();
    this.prepared.set(sql, statement);
    return statement.all(values);
  }
}

/** Opens a database with a small cache of pages: an export hardly ever reads a page again, and the system caches files. */
function open(Driver: SqliteDriver, file: string): SqliteDatabase {
  const database = new Driver(file, { readonly: true, fileMustExist: true });
  database.pragma('cache_size = -2000');
  return database;
}

/** The errors of a statement that reached its limit: `ER_STATEMENT_TIMEOUT` of MariaDB, and `ER_QUERY_TIMEOUT` of MySQL. */
const LIMIT_REACHED: readonly unknown[] = [1969, 3024];

class MysqlReadConnection implements ReadConnection {
  readonly indexHint = INDEX_HINTS.mysql;
  readonly hourOf = HOURS.mysql;
  readonly isAsynchronous = true;
  readonly canStopStatements = true;
  private connection: Connection | undefined;

  constructor(private readonly options: ReadConnectionOptions & { readonly kind: 'mysql' }) {}

  async read(query: ReadQuery, limit?: number): Promise<ColumnValues[]> {
    if (limit === undefined) return this.readWithoutLimit(query);
    try {
      return await this.readWithoutLimit({ ...query, sql: limited(query.sql, limit) });
    } catch (error) {
      throw LIMIT_REACHED.includes((error as { errno?: unknown }).errno) ? new StatementStopped() : error;
    }
  }

  private async readWithoutLimit(query: ReadQuery): Promise<ColumnValues[]> {
    const idle = this.connection;
    try {
      return await this.execute(idle ?? this.open(), query);
    } catch (error) {
      // The server may have closed an idle connection, or a firewall may have dropped it silently. A query on a new one
      // shows whether the server is there.
      if (idle === undefined || idle === this.connection) throw error;
      return this.execute(this.connection ?? this.open(), query);
    }
  }

  private open(): Connection {
    const { createConnection } = loadPackage('mysql2') as typeof Mysql2;
    const { kind: _, answerTimeout: __, ...options } = this.options;
    const connection = createConnection({ ...options, dateStrings: true });
    const forget = () => {
      if (this.connection === connection) this.connection = undefined;
    };
    // The error of a lost connection reaches the query as well; without a listener it would end the thread.
    connection.on('error', forget).on('end', forget);
    return (this.connection = connection);
  }

  private execute(connection: Connection, { sql, values }: ReadQuery): Promise<ColumnValues[]> {
    const { answerTimeout } = this.options;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        breakOff(connection, answerTimeout);
      }, answerTimeout);
      connection.query({ sql, values: [...values], rowsAsArray: true }, (error, rows) => {
        clearTimeout(timer);
        if (error?.fatal === true) this.discard(connection);
        if (error) reject(error);
        // The types of the driver do not know what `rowsAsArray` returns.
        else resolve(rows as unknown as ColumnValues[]);
      });
    });
  }

  private discard(connection: Connection): void {
    if (this.connection === connection) this.connection = undefined;
    connection.destroy();
  }
}

/**
 * Breaks a connection whose server has fallen silent. All queries that wait on it fail. The driver's own time limit for
 * a query would leave those behind it waiting for ever.
 */
function breakOff(connection: Connection, milliseconds: number): void {
  const error = new Error(`The database has not answered a query within ${milliseconds / 1000} s.`);
  // The types of the driver do not know the socket.
  (connection as unknown as { stream: Socket }).stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
}

/** Limits the time of a SELECT: MySQL reads the second comment and ignores the first one, and MariaDB the reverse. */
function limited(select: string, milliseconds: number): string {
  const hinted = select.replace('SELECT', `SELECT /*+ MAX_EXECUTION_TIME(${milliseconds}) */`);
  return `/*M! SET STATEMENT max_statement_time = ${milliseconds / 1000} FOR */ ${hinted}`;
}
