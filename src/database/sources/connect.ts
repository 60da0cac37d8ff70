import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions';
import { dialectOf, driverCode } from '../dialect';
import { createPrivateFile } from './private-file';

/** Milliseconds before the second attempt. Each later pause is this much longer, up to `LONGEST_PAUSE`. */
const FIRST_PAUSE = 1000;
/** Maximum milliseconds between two attempts. */
const LONGEST_PAUSE = 3000;

/** A failed attempt to connect that will be repeated. */
export interface FailedAttempt {
  /** The reason, in one line. */
  readonly message: string;
  /** The driver's code, such as `ECONNREFUSED`. */
  readonly code: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Seconds that are left for further attempts. */
  readonly secondsLeft: number;
}

/** How long to repeat failed attempts, and what to do after each of them. */
export interface RetryOptions {
  readonly seconds: number;
  readonly onFailedAttempt: (failed: FailedAttempt) => void;
}

/** Connecting to the database failed. The message is a single line with the reason, without any password. */
export class DatabaseConnectionError extends Error {
  override readonly name = 'DatabaseConnectionError';
}

/**
 * Connects the data sources, in order. Repeats an attempt while the server is unavailable or has too many connections,
 * until the seconds are over. Other errors, such as a wrong password, fail at once.
 */
export async function connect(
  sources: readonly DataSource[],
  { seconds, onFailedAttempt }: RetryOptions,
): Promise<void> {
  // A monotonic clock, because the time of day can be changed meanwhile.
  const end = performance.now() + seconds * 1000;
  for (const source of sources) {
    for (let attempt = 1; !source.isInitialized; attempt++) {
      const error = await initialize(source);
      if (error === undefined) break;
      const code = driverCode(error);
      const left = end - performance.now();
      if (!dialectOf(source).mayConnectLater(code)) throw explain(source, error);
      if (left <= 0) {
        const waited = seconds > 0 ? ` Gave up after ${seconds} s.` : '';
        throw new DatabaseConnectionError(reason(source, error) + waited);
      }
      const secondsLeft = Math.ceil(left / 1000);
      onFailedAttempt({ message: reason(source, error), code, attempt, secondsLeft });
      await setTimeout(Math.min(left, attempt * FIRST_PAUSE, LONGEST_PAUSE));
    }
  }
}

/** Initializes the data source, and returns the error if that fails. */
async function initialize(source: DataSource): Promise<unknown> {
  try {
    createPrivateFile(source.options);
    await source.initialize();
    return undefined;
  } catch (error) {
    // TypeORM does not close the pool when the first query fails. If there is no pool, this fails and is ignored.
    await source.driver.disconnect().catch(() => undefined);
    return error;
  }
}

/**
 * Returns an error with a one-line message, if the database or its driver caused the error; otherwise the error itself.
 */
function explain(source: DataSource, error: unknown): unknown {
  const isFileError = source.options.type === 'better-sqlite3' && error instanceof TypeError;
  return driverCode(error) === '' && !isFileError ? error : new DatabaseConnectionError(reason(source, error));
}

/** Returns the reason of an error in one sentence. */
function reason(source: DataSource, error: unknown): string {
  const { options } = source;
  const code = driverCode(error);
  const words = error instanceof Error ? error.message : String(error);
  if (options.type === 'better-sqlite3') {
    return `The database file ${options.database} can't be opened: ${words}${words.includes(code) ? '' : ` (${code})`}.`;
  }
  const { host, port, username, database } = options as MysqlDataSourceOptions;
  const server = `The database server ${host}:${port}`;
  switch (code) {
    case 'ER_CON_COUNT_ERROR':
    case 'ER_TOO_MANY_USER_CONNECTIONS':
    case 'ER_USER_LIMIT_REACHED':
      return `${server} does not accept more connections (${code}).`;
    case 'ER_HOST_IS_BLOCKED':
    case 'ER_HOST_NOT_PRIVILEGED':
      return `${server} does not accept connections from this machine (${code}).`;
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return `${server} refuses the user ${username}: the name or the password is wrong (${code}).`;
    case 'ER_DBACCESS_DENIED_ERROR':
      return `${server} does not let the user ${username} use the database ${database} (${code}).`;
    case 'ER_BAD_DB_ERROR':
      return `${server} has no database ${database} (${code}).`;
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return `${server} does not offer TLS, which DATABASE_TLS requires (${code}).`;
    case 'HANDSHAKE_SSL_ERROR':
      return `${server} has no certificate that DATABASE_TLS accepts: ${words} (${code}).`;
    default:
      // The messages of network errors have no more information than their codes.
      return code.startsWith('ER')
        ? `${server} refuses the connection: ${words} (${code}).`
        : `${server} does not answer (${code}).`;
  }
}
