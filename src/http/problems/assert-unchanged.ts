import { Problem } from './problem';
import { inBody } from './request-field';

/**
 * Checks that the version that the client sent is still the current one (optimistic locking), and returns the next
 * version.
 * @throws Problem 409 if the object has changed since the client read it
 */
export function assertUnchanged(
  resource: 'role' | 'user' | 'account' | 'template' | 'activity type',
  currentVersion: number,
  sentVersion: number,
): number {
  if (currentVersion === sentVersion) return currentVersion + 1;
  const message =
    `Someone has changed this ${resource} since you read it; its version is now ${currentVersion}. ` +
    'Read it again, then repeat your change.';
  throw Problem.conflict('version_outdated', message, inBody('version'));
}
