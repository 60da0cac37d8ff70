import { Injectable } from '@nestjs/common';
import { userDisabled } from '../../access/guard/privilege.guard';
import { MembersRepository } from '../../access/members/members.repository';
import { normalizePassword, Passwords } from '../../access/members/password';
import type { User } from '../../access/members/user.entity';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { unauthorized } from '../../http/problems/unauthorized';
import { ApiKeyRevocation } from '../api-keys/api-key-revocation';
import { LoginAttempts } from '../login/login-attempts';
import { requireSession } from '../sessions/actor';
import { SESSION_ENDED } from '../sessions/session-authentication';
import { SessionsRepository } from '../sessions/sessions.repository';
import type { ChangePassword } from './own-password.dto';
import { PasswordSetter } from './password-setter';

/** A current password that was verified, and the attempt that was counted for it. */
interface VerifiedPassword {
  readonly passwordHash: string;
  readonly attemptId: string;
}

/** Changes the password of the signed-in user. */
@Injectable()
export class OwnPasswordService {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly password: PasswordSetter,
    private readonly sessions: SessionsRepository,
    private readonly apiKeys: ApiKeyRevocation,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  /**
   * Changes the password and ends all sessions except the current one. API keys keep working unless the request revokes
   * them. Hashes both passwords before the transaction starts, because each takes tens of milliseconds.
   */
  async change({ currentPassword, newPassword, revokeApiKeys = false }: ChangePassword): Promise<void> {
    const { userId, sessionId } = requireSession(this.context.actor);
    this.activity.describe(ActivityType.PasswordChanged, { details: { userId, revokeApiKeys } });
    if (normalizePassword(newPassword) === normalizePassword(currentPassword)) throw passwordUnchanged();
    const verified = await this.verify(userId, currentPassword);
    const newHash = await this.passwords.hash(newPassword);
    return this.unitOfWork.run(async () => {
      if (revokeApiKeys) await this.apiKeys.lock();
      const user = await this.users.lock(userId);
      // Of two concurrent requests the second one gave a password that is no longer the current one.
      if (user.passwordHash !== verified.passwordHash) throw passwordWrong();
      await this.assertStillSignedIn(user, sessionId);
      await this.password.set(userId, newHash, sessionId);
      await this.attempts.succeed(verified.attemptId, user.email);
      if (!revokeApiKeys) return;
      const revokedApiKeys = await this.apiKeys.revokeAllOf(userId);
      this.activity.describe(ActivityType.PasswordChanged, { details: { userId, revokeApiKeys, revokedApiKeys } });
    });
  }

  /** Refuses when the user was disabled, or the session ended, since the request began. */
  private async assertStillSignedIn({ status }: User, sessionId: string): Promise<void> {
    if (status !== 'active') throw userDisabled();
    if (!(await this.sessions.exists(sessionId))) throw unauthorized('token_invalid', SESSION_ENDED);
  }

  /** Verifies the current password. A wrong one counts as a failed login. */
  private async verify(userId: string, currentPassword: string): Promise<VerifiedPassword> {
    const { email, passwordHash } = (await this.members.get(userId)).user;
    const attemptId = await this.attempts.begin(ActivityType.PasswordChanged, email, userId);
    if (await this.passwords.matches(currentPassword, passwordHash)) return { passwordHash, attemptId };
    await this.attempts.fail(attemptId);
    throw passwordWrong();
  }
}

function passwordWrong(): Problem {
  const message = 'This is not your current password.';
  return Problem.unprocessable('password_wrong', inBody('currentPassword'), message);
}

function passwordUnchanged(): Problem {
  const message = 'The new password is the current one. Choose a different one.';
  return Problem.unprocessable('password_unchanged', inBody('newPassword'), message);
}
