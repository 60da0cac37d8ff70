import type { Member } from '../../access/members/members.repository';
import type { Actor, UserActor } from '../../context/actor';

/** Makes the actor of a request that a user sends. */
export function userActor({ user, account, privileges }: Member, sessionId?: string): UserActor {
  return {
    kind: 'user',
    accountId: account.id,
    userId: user.id,
    userName: user.name,
    timeZone: account.timeZone,
    privileges: new Set(privileges),
    ...(sessionId !== undefined && { sessionId }),
    mustChangePassword: user.passwordIssuedAt !== null,
  };
}

/** The person who acts, on routes that only one who logged in reaches. */
export function loggedIn(actor: Actor): { readonly userId: string; readonly sessionId: string } {
  const sessionId = actor.kind === 'user' ? actor.sessionId : undefined;
  if (sessionId === undefined) throw new Error('Nobody who logged in acts in this request.');
  return { userId: actor.userId, sessionId };
}
