import type { DataSourceOptions } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions';
import type { Config } from '../../config/config';
import type { DatabaseLocation } from '../../config/database-url';
import { MIGRATIONS } from '../migrations';
import type { ReadConnectionOptions, TlsOptions } from './read-connection';
import { loadSqliteDriver, sqlitePackage } from './sqlite-driver';

/** Name of the data source for reading reports. */
export const READ_SOURCE = 'read';

/** Entity classes. */
export type Entities = (new () => object)[];
type SourceOptions = BetterSqlite3DataSourceOptions | MysqlDataSourceOptions;

/** Returns the options of the data source for writing, and for reading what must be up to date. */
export function writeSourceOptions(config: Config, entities: Entities): DataSourceOptions {
  const options = sourceOptions(config.database, config);
  return { ...options, entities, migrations: MIGRATIONS, migrationsTransactionMode: 'each' };
}

/**
 * Returns the options of the data source for reading reports. With SQLite, it is a second connection to the same file,
 * which sees only committed rows; with MySQL and MariaDB, it is the replica, or the same server if there is none.
 */
export function readSourceOptions(config: Config, entities: Entities): DataSourceOptions {
  const options = sourceOptions(config.readDatabase, config);
  if (options.type !== 'better-sqlite3') return { ...options, entities };
  const { type, database } = options;
  return { type, driver: loadSqliteDriver(), database, entities, readonly: true };
}

/** Returns the options of a connection like those of the data source for reading, for a worker thread. */
export function readConnectionOptions(config: Config): ReadConnectionOptions {
  const location = config.readDatabase;
  if (location.kind === 'sqlite') {
    return { kind: 'sqlite', driver: sqlitePackage(process.versions.node), file: location.file };
  }
  const { host, port, username: user, password, database } = location;
  const answerTimeout = config.EXPORT_READ_SECONDS * 1000;
  return { kind: 'mysql', host, port, user, password, database, answerTimeout, ...serverOptions(config) };
}

/** Returns the options of every connection to MySQL and MariaDB. */
function serverOptions({ DATABASE_TLS }: Config) {
  const options = { timezone: 'Z', charset: 'utf8mb4', connectTimeout: 10_000 } as const;
  if (DATABASE_TLS === 'off') return options;
  const ssl: TlsOptions = { rejectUnauthorized: true, verifyIdentity: DATABASE_TLS === 'verify-identity' };
  return { ...options, ssl };
}

function sourceOptions(location: DatabaseLocation, config: Config): SourceOptions {
  if (location.kind === 'sqlite') {
    return {
      type: 'better-sqlite3',
      driver: loadSqliteDriver(),
      database: location.file,
      enableWAL: true,
      // COMMIT returns after the data is on the disk. With the default for WAL, a power failure could lose the last
      // transactions.
      prepareDatabase: (database: { pragma(sql: string): void }) => {
        database.pragma('synchronous = FULL');
      },
    };
  }
  const { kind, host, port, username, password, database } = location;
  return {
    type: kind,
    host,
    port,
    username,
    password,
    database,
    poolSize: config.DATABASE_POOL_SIZE,
    ...serverOptions(config),
  };
}
