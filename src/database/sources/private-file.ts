import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSourceOptions } from 'typeorm';

/**
 * Creates the file of a SQLite database and its folders, readable by their owner only. Does not change existing files
 * and folders. SQLite gives the -wal and -shm files the mode of the database file.
 */
export function createPrivateFile(options: DataSourceOptions): void {
  if (options.type !== 'better-sqlite3' || options.readonly === true) return;
  mkdirSync(dirname(options.database), { recursive: true, mode: 0o700 });
  closeSync(openSync(options.database, 'a', 0o600));
}
