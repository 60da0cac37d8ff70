import { Problem } from './problem';
import { inBody } from './request-field';

/**
 * Checks that an object still has the version that the client read (optimistic locking), and returns its next version.
 * @throws Problem 409 if the object was changed since
 */
export function assertUnchanged(what: 'role' | 'user' | 'account' | 'template', current: number, seen: number): number {
  if (current === seen) return current + 1;
  const message = `Somebody changed this ${what} since you read it: its version is ${current}. Read it again, then repeat your change.`;
  throw Problem.conflict('version_outdated', message, inBody('version'));
}
