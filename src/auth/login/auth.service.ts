import { Injectable } from '@nestjs/common';
import { afterDisabling } from '../../access/members/user.entity';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { Config } from '../../config/config';
import { RequestContext } from '../../context/request-context';
import { LENGTH } from '../../database/columns';
import { UnitOfWork } from '../../database/unit-of-work';
import { fitText } from '../../lib/secrets/fit-text';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { requireSession } from '../sessions/actor';
import { currentUserView, type CurrentUser } from '../sessions/current-user.view';
import { SessionsRepository } from '../sessions/sessions.repository';
import type { Credentials } from './auth.dto';
import { openedSessionView, type OpenedSession } from './auth.view';
import { KnownAddressesRepository } from './known-addresses.repository';
import { LoginAttempts } from './login-attempts';
import { LoginService } from './login.service';

const HOUR = 60 * 60_000;
/** Most open sessions of one user: a program that logs in for every call must not fill the table. */
export const MAX_OPEN_SESSIONS = 50;

/** Logs users in and out, and tells them who they are. */
@Injectable()
export class AuthService {
  constructor(
    private readonly logins: LoginService,
    private readonly attempts: LoginAttempts,
    private readonly known: KnownAddressesRepository,
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly config: Config,
  ) {}

  async login(credentials: Credentials): Promise<OpenedSession> {
    const { member, attemptId } = await this.logins.verify(credentials);
    return this.unitOfWork.run(async () => {
      const user = await this.logins.lock(member);
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + this.config.SESSION_HOURS * HOUR);
      await this.sessions.deleteExpired(user.id, now);
      await this.attempts.succeed(attemptId, credentials.email);
      await this.known.save(user.id, this.context.origin?.ipAddress, now);
      const { id, token } = await this.openSession(user.id, afterDisabling(now, user), expiresAt);
      await this.endOldestSessions(user.id, id);
      return openedSessionView(token, expiresAt, member);
    });
  }

  logout(): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.sessions.delete(requireSession(this.context.actor).sessionId);
    });
  }

  /** Returns the actor as the authentication of the request has read it. */
  me(): CurrentUser {
    return currentUserView(this.context.actor);
  }

  private async openSession(
    userId: string,
    createdAt: Date,
    expiresAt: Date,
  ): Promise<{ readonly id: string; readonly token: string }> {
    const { ipAddress = null, userAgent = null } = this.context.origin ?? {};
    const id = this.ids.next(createdAt);
    const token = await this.sessions.insert({
      id,
      userId,
      createdAt,
      expiresAt,
      ipAddress,
      userAgent: fitText(userAgent, LENGTH.userAgent),
    });
    return { id, token };
  }

  /** Ends the oldest sessions above the limit; the record of the login names them. */
  private async endOldestSessions(userId: string, newId: string): Promise<void> {
    const endedSessions = await this.sessions.deleteOldest(userId, MAX_OPEN_SESSIONS, newId);
    if (endedSessions.length > 0) this.activity.describe(ActivityType.UserLogin, { details: { endedSessions } });
  }
}
