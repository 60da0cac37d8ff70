import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { MembersRepository } from '../../access/members/members.repository';
import { NewPassword } from '../../access/members/new-password';
import { Passwords } from '../../access/members/password';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { Problem } from '../../http/problems/problem';
import { RequestContext } from '../../context/request-context';
import { loggedIn } from '../sessions/actor';
import { ApiKeyRevocation } from '../api-keys/api-key-revocation';
import { LoginAttempts } from '../login/login-attempts';
import type { ChangePassword } from './own-password.dto';
import { PasswordChoice } from './password-choice';

/** That the current password was right, and of which hash; or why it may not be changed. */
type Verdict = { readonly currentHash: string } | { readonly refusal: Problem };

const VERDICT = Symbol('verdict on the change of the password');

/** Lets users change their password. */
@Injectable()
export class OwnPasswordService {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly newPassword: NewPassword,
    private readonly attempts: LoginAttempts,
    private readonly choice: PasswordChoice,
    private readonly apiKeys: ApiKeyRevocation,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly cls: ClsService,
  ) {}

  /** Checks and hashes what `change` needs, and keeps it for this request: no transaction should be open meanwhile. */
  async check(request: ChangePassword): Promise<void> {
    this.cls.set(VERDICT, await this.verdict(request));
  }

  /** Makes the change that was checked in this request. API keys are kept unless the request says otherwise. */
  async change({ revokeApiKeys = false }: ChangePassword): Promise<void> {
    const { userId, sessionId } = loggedIn(this.context.actor);
    this.activity.describe(ActivityType.PasswordChanged, { details: { userId, revokeApiKeys } });
    const verdict = this.cls.get<Verdict | undefined>(VERDICT);
    if (!verdict) throw new Error('No change of the password was checked in this request.');
    if ('refusal' in verdict) throw verdict.refusal;
    if (revokeApiKeys) await this.apiKeys.lock();
    const user = await this.users.lock(userId);
    // Another request changed it since: of two at once, only one gave the password that was current.
    if (user.passwordHash !== verdict.currentHash) throw passwordWrong();
    await this.choice.make(user, sessionId);
    if (!revokeApiKeys) return;
    const revokedApiKeys = await this.apiKeys.revokeAllOf(userId);
    this.activity.describe(ActivityType.PasswordChanged, { details: { userId, revokeApiKeys, revokedApiKeys } });
  }

  private async verdict({ currentPassword, newPassword }: ChangePassword): Promise<Verdict> {
    if (newPassword === currentPassword) return { refusal: passwordUnchanged() };
    const member = await this.members.findById(loggedIn(this.context.actor).userId);
    if (!member) throw new Error('The signed-in user is gone, but users are never deleted.');
    const { id, email, passwordHash } = member.user;
    const refusal = await this.attempts.begin(ActivityType.PasswordChanged, email, id);
    if (refusal) return { refusal };
    if (!(await this.passwords.matches(currentPassword, passwordHash))) {
      await this.attempts.fail();
      return { refusal: passwordWrong() };
    }
    await this.newPassword.prepare(newPassword);
    return { currentHash: passwordHash };
  }
}

function passwordWrong(): Problem {
  const message = 'This is not your current password.';
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'password_wrong', 'currentPassword', message);
}

function passwordUnchanged(): Problem {
  const message = 'The new password is the current one: choose another.';
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'password_unchanged', 'newPassword', message);
}
