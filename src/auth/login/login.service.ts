import { HttpStatus, Injectable } from '@nestjs/common';
import { MembersRepository, type Member } from '../../access/members/members.repository';
import { Passwords } from '../../access/members/password';
import type { User } from '../../access/members/user.entity';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder } from '../../audit/recording/recorder';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { userActor } from '../sessions/actor';
import type { Credentials } from './auth.dto';
import { LoginAttempts } from './login-attempts';

/** A user whose credentials were verified, and the id of the login attempt that was counted. */
export interface VerifiedLogin {
  readonly member: Member;
  readonly attemptId: string;
}

/** Verifies email addresses and passwords at login. */
@Injectable()
export class LoginService {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly recorder: Recorder,
    private readonly context: RequestContext,
  ) {}

  /**
   * Verifies credentials. Call it before the transaction starts, because verifying a password takes tens of
   * milliseconds. Does the same work for an unknown email address, so that the response time does not reveal whether a
   * user exists. Logs nothing, because users sometimes type a password into the email field.
   * @throws Problem if the credentials are wrong, or if there were too many failed logins
   */
  async verify({ email, password }: Credentials): Promise<VerifiedLogin> {
    const member = await this.members.findByEmail(email.toLowerCase());
    if (member) this.context.identify(userActor(member));
    const attemptId = await this.attempts.begin(ActivityType.UserLogin, email, member?.user.id);
    const matches = await this.passwords.matches(password, member?.user.passwordHash);
    if (member && matches && member.user.status === 'active') return { member, attemptId };
    await this.attempts.fail(attemptId);
    const problem = invalidCredentials();
    // Without a user, the attempt belongs to no account, so it is recorded in a separate table.
    if (!member) await this.recorder.recordUnclaimed(ActivityType.UserLogin, problem);
    throw problem;
  }

  /**
   * Locks the row of a user whose credentials were verified, until the transaction ends, and returns the user.
   * @throws Problem if the password was changed or the user was disabled in the meantime
   */
  async lock({ user }: Member): Promise<User> {
    const locked = await this.users.lock(user.id);
    if (locked.passwordHash !== user.passwordHash || locked.status !== 'active') throw invalidCredentials();
    return locked;
  }
}

/** Returns the same problem for an unknown email address, a wrong password and a disabled user. */
function invalidCredentials(): Problem {
  return new Problem(
    HttpStatus.UNAUTHORIZED,
    'credentials_invalid',
    'The email address or the password is wrong.',
    [],
    {
      'WWW-Authenticate': 'Bearer',
    },
  );
}
