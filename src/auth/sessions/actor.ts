import type { Member } from '../../access/members/members.repository';
import type { Actor, UserActor } from '../../context/actor';

/** Returns the actor of a request that a user sent. */
export function userActor({ user, account, privileges }: Member, sessionId?: string): UserActor {
  return {
    kind: 'user',
    accountId: account.id,
    accountName: account.name,
    userId: user.id,
    userName: user.name,
    userEmail: user.email,
    timeZone: account.timeZone,
    privileges: new Set(privileges),
    ...(sessionId !== undefined && { sessionId }),
    mustChangePassword: user.passwordIssuedAt !== null,
  };
}

/** Returns the user and the session of the actor. Call it only on routes that require a session. */
export function requireSession(actor: Actor): { readonly userId: string; readonly sessionId: string } {
  const sessionId = actor.kind === 'user' ? actor.sessionId : undefined;
  if (sessionId === undefined) throw new Error('This request was not made in a session.');
  return { userId: actor.userId, sessionId };
}
