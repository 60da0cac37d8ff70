import type { DataSourceOptions } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions';
import type { Config } from '../../config/config';
import type { DatabaseLocation } from '../../config/database-url';
import { MIGRATIONS } from '../migrations';
import { loadSqliteDriver } from './sqlite-driver';

/** Name of the data source that reports are read from. */
export const READ_SOURCE = 'read';

/** Classes of entities. */
export type Entities = (new () => object)[];
type SourceOptions = BetterSqlite3DataSourceOptions | MysqlDataSourceOptions;

/** Where records are written, and where everything that must be up to the moment is read. */
export function writeSourceOptions(config: Config, entities: Entities): DataSourceOptions {
  const options = sourceOptions(config.database, config);
  return { ...options, entities, migrations: MIGRATIONS, migrationsTransactionMode: 'each' };
}

/**
 * Where reports are read: on the embedded database a second connection to the same file, which sees committed rows
 * alone; on a server the replica, or the same server.
 */
export function readSourceOptions(config: Config, entities: Entities): DataSourceOptions {
  const options = sourceOptions(config.readDatabase, config);
  if (options.type !== 'better-sqlite3') return { ...options, entities };
  const { type, database } = options;
  return { type, driver: loadSqliteDriver(), database, entities, readonly: true };
}

function sourceOptions(location: DatabaseLocation, { DATABASE_POOL_SIZE }: Config): SourceOptions {
  if (location.kind === 'sqlite') {
    return {
      type: 'better-sqlite3',
      driver: loadSqliteDriver(),
      database: location.file,
      enableWAL: true,
      // A commit is on the disk before it is acknowledged; WAL's own default could lose the last ones in a power cut.
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
    poolSize: DATABASE_POOL_SIZE,
    timezone: 'Z',
    charset: 'utf8mb4',
    connectTimeout: 10_000,
  };
}
