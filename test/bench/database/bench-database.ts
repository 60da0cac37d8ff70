import type SqliteDatabase from 'better-sqlite3';
import { createConnection, type Connection } from 'mysql2/promise';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { parseDatabaseUrl, type DatabaseLocation } from '../../../src/config/database-url';
import { loadSqliteDriver } from '../../../src/database/sources/sqlite-driver';

type ServerLocation = Exclude<DatabaseLocation, { kind: 'sqlite' }>;
type Value = string | number | null;

/** A direct connection to a database of the benchmark. */
export interface BenchDatabase {
  query<Row extends object>(sql: string, values?: readonly Value[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Returns the location of a database URL. Its name must contain `bench`, because the benchmark fills it. */
export function locate(url: string): DatabaseLocation {
  const location = parseDatabaseUrl(url);
  if (!location) throw new Error('The database must be sqlite:path/to/bench.db or mysql://user:password@host/bench.');
  const name = location.kind === 'sqlite' ? basename(location.file) : location.database;
  if (!name.includes('bench'))
    throw new Error(`The name ${name} must contain "bench", because the benchmark fills it.`);
  return location;
}

/** Returns the URL of the database with a number of rows, which is beside the database that the user named. */
export function urlForRows(url: string, rows: number): string {
  const location = locate(url);
  if (location.kind === 'sqlite') return `sqlite:${location.file.replace(/(\.\w+)?$/, `-${rows}$1`)}`;
  return url.replace(/(\/[^/?]+)$/, `$1_${rows}`);
}

/** Deletes the database, if it exists, and creates an empty one. */
export async function recreate(url: string): Promise<void> {
  const location = locate(url);
  if (location.kind === 'sqlite') {
    for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(location.file + suffix, { force: true });
    await mkdir(dirname(location.file), { recursive: true });
    return;
  }
  const connection = await connectServer(location, { withDatabase: false });
  await connection.query(`DROP DATABASE IF EXISTS \`${location.database}\``);
  await connection.query(`CREATE DATABASE \`${location.database}\` CHARACTER SET utf8mb4`);
  await connection.end();
}

/** Opens a database; undefined if it does not exist. */
export async function openIfExists(url: string): Promise<BenchDatabase | undefined> {
  const location = locate(url);
  if (location.kind === 'sqlite') return existsSync(location.file) ? open(url) : undefined;
  try {
    return await open(url);
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_BAD_DB_ERROR') return undefined;
    throw error;
  }
}

export async function open(url: string): Promise<BenchDatabase> {
  const location = locate(url);
  return location.kind === 'sqlite' ? overSqlite(openSqlite(location.file)) : overServer(await connectServer(location));
}

/** Opens a SQLite file with the durability of the service. */
export function openSqlite(file: string): SqliteDatabase.Database {
  const Driver = loadSqliteDriver() as unknown as typeof SqliteDatabase;
  const connection = new Driver(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  return connection;
}

/** Returns the options of mysql2 for a location. */
export function serverOptions({ host, port, username, password, database }: ServerLocation) {
  return { host, port, user: username, password, database, timezone: 'Z', charset: 'utf8mb4' };
}

function connectServer(location: ServerLocation, { withDatabase = true } = {}): Promise<Connection> {
  const { database, ...server } = serverOptions(location);
  return createConnection(withDatabase ? { ...server, database } : server);
}

function overSqlite(connection: SqliteDatabase.Database): BenchDatabase {
  return {
    query: <Row extends object>(sql: string, values: readonly Value[] = []) => {
      const statement = connection.prepare<Value[], Row>(sql);
      if (statement.reader) return Promise.resolve(statement.all(...values));
      statement.run(...values);
      return Promise.resolve([]);
    },
    close: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}

function overServer(connection: Connection): BenchDatabase {
  return {
    query: async <Row extends object>(sql: string, values: readonly Value[] = []) => {
      const [rows] = await connection.query(sql, [...values]);
      return rows as Row[];
    },
    close: () => connection.end(),
  };
}
