import { Injectable } from '@nestjs/common';
import { userDisabled } from '../../access/guard/privilege.guard';
import { MEMBER_COLUMNS, privilegesOf, type MemberRow } from '../../access/members/member-columns';
import type { Actor } from '../../context/actor';
import { Statement } from '../../database/statement';
import { readInstant } from '../../database/stored-instant';
import { UnitOfWork } from '../../database/unit-of-work';
import { unauthorized } from '../../http/problems/unauthorized';
import { tokenHash } from '../../lib/secrets/opaque-tokens';
import { Clock } from '../../lib/time/clock';

interface SessionRow extends MemberRow {
  readonly sessionId: string;
  readonly createdAt: string | Date;
  readonly expiresAt: string | Date;
}

/** Reads everything that authenticates a request at once. */
const FIND_SESSION = new Statement<SessionRow>(
  `SELECT sessions.id AS sessionId, sessions.created_at AS createdAt, sessions.expires_at AS expiresAt, ${MEMBER_COLUMNS}
     FROM sessions
     JOIN users ON users.id = sessions.user_id
     JOIN accounts ON accounts.id = users.account_id
    WHERE sessions.token_hash = ?`,
);

/** Authenticates requests that carry the token of a session. */
@Injectable()
export class SessionAuthentication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the session of a token, and returns the actor.
   * @throws Problem 401 when there is no such session, or its user is disabled
   */
  async authenticate(token: string): Promise<Actor> {
    const [session] = await FIND_SESSION.rows(this.unitOfWork.manager, [tokenHash(token)]);
    if (!session) throw unauthorized('token_invalid', SESSION_ENDED);
    const { createdAt, expiresAt, disabledAt } = session;
    if (readInstant(expiresAt) <= this.clock.now())
      throw unauthorized('token_expired', 'The session has expired: log in again.');
    if (session.userStatus !== 'active') throw userDisabled();
    if (disabledAt && readInstant(createdAt) <= readInstant(disabledAt))
      throw unauthorized('token_invalid', SESSION_ENDED);
    return {
      kind: 'user',
      accountId: session.accountId,
      accountName: session.accountName,
      userId: session.userId,
      userName: session.userName,
      userEmail: session.email,
      timeZone: session.timeZone,
      privileges: new Set(privilegesOf(session)),
      sessionId: session.sessionId,
      mustChangePassword: session.passwordIssuedAt !== null,
    };
  }
}

/** The message about a token that no session has. */
export const SESSION_ENDED = 'This token is unknown: it was never issued, or its session has ended.';
