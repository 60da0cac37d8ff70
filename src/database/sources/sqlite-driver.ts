import { createRequire } from 'node:module';
import { ConfigError } from '../../config/config-error';

/** The part of a connection of better-sqlite3 that this file uses. */
interface SqliteConnection {
  close(): void;
}
type SqliteDriver = new (file: string) => SqliteConnection;

/**
 * Returns the package of the SQLite driver for a version of Node.js, such as `24.21.0`. Version 13 of better-sqlite3
 * needs Node.js 22 and crashes on 20; version 12 aborts the process on Node.js 24.19 and newer.
 */
export function sqlitePackage(nodeVersion: string): 'better-sqlite3' | 'better-sqlite3-13' {
  return Number.parseInt(nodeVersion) >= 22 ? 'better-sqlite3-13' : 'better-sqlite3';
}

/** Loads the SQLite driver that works on this Node.js, for TypeORM's option `driver`. */
export function loadSqliteDriver(): SqliteDriver {
  const name = sqlitePackage(process.versions.node);
  try {
    const driver = createRequire(__filename)(name) as SqliteDriver;
    // The driver loads its native code with the first connection, so this fails if the code was not compiled.
    new driver(':memory:').close();
    return driver;
  } catch (cause) {
    const remedy =
      name === 'better-sqlite3'
        ? 'Use Node.js 22 or newer; or install python3, make and a C++ compiler, and run npm ci again.'
        : 'Run npm ci again.';
    throw new ConfigError(
      `SQLite can't be used: the package ${name}, which it needs on Node.js ${process.versions.node}, is missing or not built. ${remedy}`,
      { cause },
    );
  }
}
