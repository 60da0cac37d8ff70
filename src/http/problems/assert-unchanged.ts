import { Problem } from './problem';
import { inBody } from './request-field';

/** A change is made to what its maker saw; if somebody changed it since, it is refused rather than lost. */
export function assertUnchanged(what: 'role' | 'user' | 'account' | 'template', current: number, seen: number): void {
  if (current === seen) return;
  const message = `Somebody changed this ${what} since you read it: its version is ${current}. Read it again, then repeat your change.`;
  throw Problem.conflict('version_outdated', message, inBody('version'));
}
