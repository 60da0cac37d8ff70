import type { DataSource, EntityManager } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver';
import { dialectOf, driverCode } from './dialect';

/** A value of a column, as the drivers take and return it. For an instant, use `toStoredInstant` and `readInstant`. */
export type StoredValue = string | number | Date | null;

/**
 * A SQL statement for a hot path. Each connection prepares it once, and neither TypeORM's query builder nor its entities
 * are involved: values are those of the driver, and rows have the names that the statement gives to its columns.
 */
export class Statement<Row extends object = never> {
  constructor(readonly sql: string) {}

  /** Runs a query, in the open transaction of the manager or else on any connection. */
  rows(manager: EntityManager, values: readonly StoredValue[]): Promise<Row[]> {
    return execute(manager, this.sql, values) as Promise<Row[]>;
  }

  /** Runs a statement that returns no rows. */
  async run(manager: EntityManager, values: readonly StoredValue[]): Promise<void> {
    await execute(manager, this.sql, values);
  }
}

/** A statement that returns no rows, with the values of its placeholders. */
export interface Execution {
  readonly statement: Statement;
  readonly values: readonly StoredValue[];
}

/** Runs statements that return no rows, one after another, until one fails. */
export async function runInOrder(manager: EntityManager, executions: Iterable<Execution>): Promise<void> {
  for (const { statement, values } of executions) await statement.run(manager, values);
}

/**
 * Returns the placeholders of a list with a value for each, for `IN (…)`. Repeats the last value up to a power of two,
 * so that few different statements are prepared.
 */
export function listOf(values: readonly string[]): { readonly places: string; readonly values: readonly string[] } {
  const last = values.at(-1);
  if (last === undefined) throw new Error('An IN list must have a value.');
  const padding = 2 ** Math.ceil(Math.log2(values.length)) - values.length;
  const padded = [...values, ...Array<string>(padding).fill(last)];
  return { places: padded.map(() => '?').join(', '), values: padded };
}

/** Returns an instant as a value of a statement. */
export function toStoredInstant(source: DataSource, instant: Date): StoredValue {
  return isSqlite(source) ? instant.toISOString().slice(0, -1).replace('T', ' ') : instant;
}

function execute(manager: EntityManager, sql: string, values: readonly StoredValue[]): Promise<unknown> {
  return isSqlite(manager.dataSource) ? executeOnSqlite(manager, sql, values) : executeOnMysql(manager, sql, values);
}

function isSqlite(source: DataSource): boolean {
  return dialectOf(source).hasSingleConnection;
}

/** A connection of better-sqlite3. */
interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
}

interface SqliteStatement {
  /** Whether the statement returns rows. */
  readonly reader: boolean;
  all(values: readonly unknown[]): unknown;
  run(values: readonly unknown[]): unknown;
}

/** The statements that each connection has prepared, by their SQL. */
const preparedStatements = new WeakMap<SqliteConnection, Map<string, SqliteStatement>>();

// eslint-disable-next-line @typescript-eslint/require-await -- the driver is synchronous; an error must reject
async function executeOnSqlite({ dataSource }: EntityManager, sql: string, values: readonly StoredValue[]) {
  // TypeORM does not declare the connection of its driver.
  const { databaseConnection } = dataSource.driver as unknown as { readonly databaseConnection: SqliteConnection };
  const prepared = preparedStatements.get(databaseConnection) ?? new Map<string, SqliteStatement>();
  const statement = prepared.get(sql) ?? databaseConnection.prepare(sql);
  preparedStatements.set(databaseConnection, prepared.set(sql, statement));
  return statement.reader ? statement.all(values) : statement.run(values);
}

/**
 * Code of the error of a server that keeps as many prepared statements as it is allowed to, of all connections together.
 * It has not run the statement.
 */
const TOO_MANY_PREPARED = 'ER_MAX_PREPARED_STMT_COUNT_REACHED';

/** A connection of mysql2, or its pool. */
interface MysqlConnection {
  /** Runs a prepared statement. */
  execute: MysqlMethod;
  /** Runs a statement that is not prepared. */
  query: MysqlMethod;
}

type MysqlMethod = (
  sql: string,
  values: readonly unknown[],
  done: (error: Error | null, result: unknown) => void,
) => void;

async function executeOnMysql({ dataSource, queryRunner }: EntityManager, sql: string, values: readonly StoredValue[]) {
  const pool = (dataSource.driver as MysqlDriver).pool as MysqlConnection;
  const connection = queryRunner ? ((await queryRunner.connect()) as MysqlConnection) : pool;
  try {
    return await runOnMysql(connection, 'execute', sql, values);
  } catch (error) {
    if (driverCode(error) !== TOO_MANY_PREPARED) throw error;
    return runOnMysql(connection, 'query', sql, values);
  }
}

function runOnMysql(
  connection: MysqlConnection,
  method: keyof MysqlConnection,
  sql: string,
  values: readonly StoredValue[],
): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    connection[method](sql, values, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
