import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions';
import { dialectOf, driverCode } from '../dialect';
import { createPrivateFile } from './private-file';

/** Milliseconds before the second try; each later pause is as much longer, up to LONGEST_PAUSE. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 3000;

/** A try to connect that failed and will be repeated. */
export interface FailedTry {
  /** What is wrong, in one line. */
  readonly message: string;
  /** The driver's code, such as `ECONNREFUSED`. */
  readonly code: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** How long the service goes on trying. */
  readonly secondsLeft: number;
}

/** How long to try, and who is told of each try that failed. */
export interface Patience {
  readonly seconds: number;
  readonly onFailedTry: (failed: FailedTry) => void;
}

/** The database can't be connected to. The message is one line that says why, without any password. */
export class DatabaseConnectionError extends Error {
  override readonly name = 'DatabaseConnectionError';
}

/**
 * Connects each data source, in order. While a server is away or full it tries again, until the seconds are over; what
 * waiting can't mend, such as a wrong password, fails at once.
 */
export async function connect(sources: readonly DataSource[], { seconds, onFailedTry }: Patience): Promise<void> {
  // Not the time of day, which may be set while this waits.
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
      onFailedTry({ message: reason(source, error), code, attempt, secondsLeft });
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
    // TypeORM keeps the pool when the first query fails; without a pool there is nothing to close.
    await source.driver.disconnect().catch(() => undefined);
    return error;
  }
}

/** The error as one line, if the database or its driver caused it; any other error is a fault of the code. */
function explain(source: DataSource, error: unknown): unknown {
  const isOfFile = source.options.type === 'better-sqlite3' && error instanceof TypeError;
  return driverCode(error) === '' && !isOfFile ? error : new DatabaseConnectionError(reason(source, error));
}

/** What is wrong, in one sentence. */
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
      return `${server} takes no more connections (${code}).`;
    case 'ER_HOST_IS_BLOCKED':
    case 'ER_HOST_NOT_PRIVILEGED':
      return `${server} lets this machine make no connections (${code}).`;
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return `${server} refuses the user ${username}: the name or the password is wrong (${code}).`;
    case 'ER_DBACCESS_DENIED_ERROR':
      return `${server} does not let the user ${username} use the database ${database} (${code}).`;
    case 'ER_BAD_DB_ERROR':
      return `${server} has no database ${database} (${code}).`;
    default:
      // The errors of the network say nothing more than their code.
      return code.startsWith('ER')
        ? `${server} refuses the connection: ${words} (${code}).`
        : `${server} does not answer (${code}).`;
  }
}
