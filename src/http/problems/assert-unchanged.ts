import { HttpStatus } from '@nestjs/common';
import { Problem } from './problem';

/**
 * A change is made to what its maker saw; if somebody changed it since, it is refused rather than lost. Returns the version that
 * the change makes.
 */
export function assertUnchanged(what: 'role' | 'user' | 'account' | 'template', current: number, seen: number): number {
  if (current === seen) return current + 1;
  const message = `Somebody changed this ${what} since you read it: its version is ${current}. Read it again, then repeat your change.`;
  throw Problem.ofField(HttpStatus.CONFLICT, 'version_outdated', 'version', message);
}
