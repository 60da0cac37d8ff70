import { PASSWORD } from './service';

/** Returns a request that creates a user without a role, with a first password. */
export function buildUser(change: object = {}) {
  return { ...buildInvitedUser(), password: PASSWORD, ...change };
}

/** Returns a request that creates a user without a role or a password, who is invited by email. */
export function buildInvitedUser(change: object = {}) {
  return { email: 'nora@one.example', name: 'Nora New', roleIds: [], ...change };
}
