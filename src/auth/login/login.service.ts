import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { MembersRepository, type Member } from '../../access/members/members.repository';
import { Passwords } from '../../access/members/password';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder } from '../../audit/recording/recorder';
import { Problem } from '../../http/problems/problem';
import { RequestContext } from '../../context/request-context';
import { userActor } from '../sessions/actor';
import type { Credentials } from './auth.dto';
import { LoginAttempts } from './login-attempts';

/** Who logs in, or why they can't. */
type Verdict = { readonly member: Member } | { readonly refusal: Problem };

const VERDICT = Symbol('verdict on the credentials');

/** Decides whether credentials are good. */
@Injectable()
export class LoginService {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly recorder: Recorder,
    private readonly context: RequestContext,
    private readonly cls: ClsService,
  ) {}

  /**
   * Checks the credentials and keeps the verdict for this request. Apart from `verifiedMember`, because a password takes
   * tens of milliseconds to check, and no transaction should be open for that long.
   */
  async check({ email, password }: Credentials): Promise<void> {
    const member = await this.members.findByEmail(email.toLowerCase());
    if (member) this.context.identify(userActor(member));
    this.cls.set(VERDICT, await this.verdict(member, email, password));
  }

  /**
   * The member whose credentials were checked in this request; in the unit of work of the login, where nobody can change
   * the password or disable the user any more.
   */
  async verifiedMember(): Promise<Member> {
    const verdict = this.cls.get<Verdict | undefined>(VERDICT);
    if (!verdict) throw new Error('No credentials were checked in this request.');
    if ('refusal' in verdict) throw verdict.refusal;
    const { member } = verdict;
    const now = await this.users.lock(member.user.id);
    if (now.passwordHash !== member.user.passwordHash || now.status !== 'active') throw invalidCredentials();
    return member;
  }

  /**
   * Does the same work for an e-mail that nobody has as for one that a user has, so that the time of the answer tells
   * nothing. Nothing is logged: people type passwords into the field of the e-mail. The request's log line has its id.
   */
  private async verdict(member: Member | undefined, email: string, password: string): Promise<Verdict> {
    const refusal = await this.attempts.begin(ActivityType.UserLogin, email, member?.user.id);
    if (refusal) return { refusal };
    const matches = await this.passwords.matches(password, member?.user.passwordHash);
    if (member && matches && member.user.status === 'active') return { member };
    await this.attempts.fail();
    const problem = invalidCredentials();
    if (!member) await this.recorder.recordUnclaimed(ActivityType.UserLogin, problem);
    return { refusal: problem };
  }
}

/** The same for an unknown e-mail, a wrong password and a disabled user. */
function invalidCredentials(): Problem {
  return new Problem(HttpStatus.UNAUTHORIZED, 'credentials_invalid', 'The e-mail or the password is wrong.', [], {
    'WWW-Authenticate': 'Bearer',
  });
}
