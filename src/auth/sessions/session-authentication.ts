import { Injectable } from '@nestjs/common';
import { MembersRepository } from '../../access/members/members.repository';
import type { Actor } from '../../context/actor';
import { unauthorized } from '../../http/problems/unauthorized';
import { Clock } from '../../lib/time/clock';
import { userActor } from './actor';
import { SessionsRepository } from './sessions.repository';

/** Authenticates requests that carry the token of a session. */
@Injectable()
export class SessionAuthentication {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly members: MembersRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the session of a token, and returns the actor.
   * @throws Problem 401 when there is no such session, or its user is disabled
   */
  async authenticate(token: string): Promise<Actor> {
    const session = await this.sessions.findByToken(token);
    if (!session) throw unauthorized('token_invalid', SESSION_ENDED);
    if (session.expiresAt <= this.clock.now())
      throw unauthorized('token_expired', 'The session has expired: log in again.');
    const member = await this.members.findById(session.userId);
    if (member?.user.status !== 'active') throw unauthorized('user_disabled', 'The user of this session is disabled.');
    if (member.user.disabledAt && session.createdAt <= member.user.disabledAt)
      throw unauthorized('token_invalid', SESSION_ENDED);
    return userActor(member, session.id);
  }
}

/** The message about a token that no session has. */
export const SESSION_ENDED = 'This token is unknown: it was never issued, or its session has ended.';
