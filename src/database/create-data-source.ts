import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';

/** Creates a data source that is not connected yet. A SQLite file that is missing is created, readable by its owner alone. */
export function createDataSource(options: DataSourceOptions): DataSource {
  if (options.type === 'better-sqlite3' && options.readonly !== true) createPrivateFile(options.database);
  return new DataSource(options);
}

/**
 * Creates the file and its folders where they are missing, and leaves alone what is there. SQLite gives the -wal and
 * -shm files the mode of their database file.
 */
function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}
