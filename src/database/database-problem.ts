import { Problem } from '../common/problem';
import { isUnavailable } from './dialect';

/** The problem that an error of the database is to a client: none of its words, only that it is away. */
export function databaseProblem(error: unknown): Problem | undefined {
  return isUnavailable(error)
    ? Problem.unavailable('database_unavailable', 'The database does not answer; nothing was done. Try again later.')
    : undefined;
}
