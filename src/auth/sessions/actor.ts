import type { Actor } from '../../context/request-context';
import type { ApiKey } from '../api-keys/api-key.entity';
import type { Member } from './sessions.repository';

/** A user as whoever acts in a request. */
export function actorOf({ user, account, privileges }: Member, sessionId?: string): Actor {
  return {
    accountId: account.id,
    userId: user.id,
    userName: user.name,
    timeZone: account.timeZone,
    privileges: new Set(privileges),
    ...(sessionId !== undefined && { sessionId }),
    mustChangePassword: user.passwordIssuedAt !== null,
  };
}

/** An API key as whoever acts in a request: as a user of its own, who may do no more than its maker still may. */
export function apiKeyActor(key: ApiKey, { account, privileges }: Member): Actor {
  return {
    accountId: account.id,
    userId: key.id,
    userName: `API key: ${key.name}`,
    timeZone: account.timeZone,
    privileges: new Set(key.privileges.filter((privilege) => privileges.includes(privilege))),
  };
}

/** The person who acts, on routes that only one who logged in reaches. */
export function loggedIn({ userId, sessionId }: Actor): { readonly userId: string; readonly sessionId: string } {
  if (userId === null || sessionId === undefined) throw new Error('Nobody who logged in acts in this request.');
  return { userId, sessionId };
}
