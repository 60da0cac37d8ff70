import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSourceOptions } from 'typeorm';

/**
 * Creates the file of a SQLite database and its folders where they are missing, readable by their owner alone, and leaves
 * alone what is there. SQLite gives the -wal and -shm files the mode of their database file.
 */
export function createPrivateFile(options: DataSourceOptions): void {
  if (options.type !== 'better-sqlite3' || options.readonly === true) return;
  mkdirSync(dirname(options.database), { recursive: true, mode: 0o700 });
  closeSync(openSync(options.database, 'a', 0o600));
}
