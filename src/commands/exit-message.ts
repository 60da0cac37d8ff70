import { ConfigError } from '../config/config-error';
import { driverCode, isUnavailable } from '../database/dialect';
import { DatabaseConnectionError } from '../database/sources/connect';
import { SchemaOutdatedError } from '../database/sources/database.module';
import { Problem } from '../http/problems/problem';
import { ListenError } from '../http/server/listen';

/** Invalid input of a command. Its message tells the operator why, so no stack is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Errors whose message tells the operator what to do. */
const OPERATOR_ERRORS = [CommandError, ConfigError, DatabaseConnectionError, ListenError, Problem, SchemaOutdatedError];

/**
 * Returns what a process prints when an error ends it: one line if the operator can fix it, or else the error with its
 * stack.
 */
export function toExitMessage(error: unknown): unknown {
  if (OPERATOR_ERRORS.some((type) => error instanceof type)) return (error as Error).message;
  if (isUnavailable(error)) return `The database stopped answering (${driverCode(error)}).`;
  return withoutValues(error);
}

/** Removes the values of a database statement from an error: they can be a password hash, or an email with a link. */
function withoutValues(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = (cause as QueryError).driverError ?? cause.cause) {
    for (const name of ['parameters', 'sql'] satisfies (keyof QueryError)[]) Reflect.deleteProperty(cause, name);
  }
  return error;
}

/** An error of TypeORM, or of a driver. */
interface QueryError {
  /** The values of the statement. */
  readonly parameters?: unknown;
  /** The statement with its values. */
  readonly sql?: unknown;
  readonly driverError?: unknown;
}
