import { PASSWORD } from './service';

/** The request for a user without a role, whom a manager gives a first password. */
export function buildUser(change: object = {}) {
  return { ...buildInvitedUser(), password: PASSWORD, ...change };
}

/** The request for a user without a role or a password, who is invited by mail. */
export function buildInvitedUser(change: object = {}) {
  return { email: 'nora@one.example', name: 'Nora New', roleIds: [], ...change };
}
