import { Problem } from '../http/problems/problem';
import { isContended, isUnavailable } from './dialect';

/** Returns the 503 problem of a database error, or undefined if a retry of the request cannot succeed. */
export function databaseProblem(error: unknown): Problem | undefined {
  if (isContended(error)) {
    return Problem.unavailable(
      'database_busy',
      'Other requests kept changing the same rows, so nothing was done. Repeat the request a little later.',
    );
  }
  return isUnavailable(error)
    ? Problem.unavailable('database_unavailable', 'The database does not answer; nothing was done. Try again later.')
    : undefined;
}
