import { HttpStatus, Injectable, Logger } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { MoreThanOrEqual } from 'typeorm';
import { Passwords } from '../access/users/password';
import { Activity } from '../audit/activity.entity';
import { ActivityType } from '../audit/activity-type';
import { Clock } from '../common/clock';
import { Problem } from '../common/problem';
import { lowestIdAt } from '../common/time-ordered-id';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { actorOf } from './actor';
import { SessionsRepository, type Member } from './sessions.repository';

/** So many failed logins of a user from one address, without a success between, and the next ones must wait. */
export const MAX_FAILED_LOGINS = 10;
const FAILED_LOGINS_WINDOW_MS = 15 * 60_000;

/** Who logs in, or why they can't. */
type Verdict = { readonly member: Member } | { readonly refusal: Problem };

const VERDICT = Symbol('verdict on the credentials');

/** Decides whether credentials are good. */
@Injectable()
export class LoginService {
  private readonly logger = new Logger(LoginService.name);

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly passwords: Passwords,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {}

  /**
   * Checks the credentials and keeps the verdict for this request. Apart from `verifiedMember`, because a password takes
   * tens of milliseconds to check, and no transaction should be open for that long.
   */
  async check(email: string, password: string): Promise<void> {
    const member = await this.sessions.findMemberByEmail(email.trim().toLowerCase());
    if (member) this.context.identify(actorOf(member));
    this.cls.set(VERDICT, await this.verdict(member, email, password));
  }

  /** The member whose credentials were checked in this request. */
  verifiedMember(): Member {
    const verdict = this.cls.get<Verdict | undefined>(VERDICT);
    if (!verdict) throw new Error('No credentials were checked in this request.');
    if ('refusal' in verdict) throw verdict.refusal;
    return verdict.member;
  }

  private async verdict(member: Member | undefined, email: string, password: string): Promise<Verdict> {
    const wait = member ? await this.secondsToWait(member) : 0;
    if (wait > 0) return { refusal: tooManyAttempts(wait) };
    const matches = await this.passwords.matches(password, member?.user.passwordHash);
    if (!member) this.logger.warn({ email: email.slice(0, 254) }, 'Login with an e-mail that nobody has');
    return member && matches && member.user.status === 'active' ? { member } : { refusal: invalidCredentials() };
  }

  /** Counted in the record itself, so that it holds over all processes. */
  private async secondsToWait({ user, account }: Member): Promise<number> {
    const now = this.clock.now().getTime();
    const recent = await this.unitOfWork.manager.find(Activity, {
      select: { id: true, outcome: true, occurredAt: true },
      where: {
        accountId: account.id,
        userId: user.id,
        activity: ActivityType.UserLogin,
        id: MoreThanOrEqual(lowestIdAt(new Date(now - FAILED_LOGINS_WINDOW_MS + 1))),
        ...(this.context.origin?.ipAddress && { ipAddress: this.context.origin.ipAddress }),
      },
      order: { id: 'DESC' },
      take: MAX_FAILED_LOGINS,
    });
    if (recent.length < MAX_FAILED_LOGINS || recent.some(({ outcome }) => outcome === 'success')) return 0;
    // The refusal will be recorded as one more failed login, so one more than the oldest must be past.
    const lastToPass = recent[MAX_FAILED_LOGINS - 2]!;
    return Math.max(1, Math.ceil((lastToPass.occurredAt.getTime() + FAILED_LOGINS_WINDOW_MS - now) / 1000));
  }
}

/** The same for an unknown e-mail, a wrong password and a disabled user. */
function invalidCredentials(): Problem {
  return new Problem(HttpStatus.UNAUTHORIZED, 'credentials_invalid', 'The e-mail or the password is wrong.', [], {
    'WWW-Authenticate': 'Bearer',
  });
}

function tooManyAttempts(seconds: number): Problem {
  const detail = `Too many failed logins: wait ${seconds} seconds without trying.`;
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_attempts', detail, [], { 'Retry-After': String(seconds) });
}
