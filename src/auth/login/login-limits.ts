import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config';
import { lowestIdAt, momentOf } from '../../lib/time-ordered-id';
import type { AttemptKeys } from './attempt-keys';
import { KnownAddressesRepository } from './known-addresses.repository';
import { LoginAttemptsRepository, type Counted, type CountedBy } from './login-attempts.repository';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** An attempt that has no verdict for so long counts as failed: the process that was checking it has died. */
const LONGEST_CHECK = 10 * SECOND;

/** How many failures are allowed in how many milliseconds. */
export interface LoginLimit {
  /** What the RateLimit headers call it. */
  readonly name: string;
  readonly by: CountedBy;
  readonly failures: number;
  readonly windowMs: number;
  /** Beyond the limit one try is allowed in so many milliseconds; without it none. */
  readonly thenEveryMs?: number;
}

/** A limit that was reached, and for how many seconds it refuses. */
export interface ReachedLimit {
  readonly limit: LoginLimit;
  readonly seconds: number;
  /** Whether attempts whose password is still being checked make it reached: a moment later there may be room. */
  readonly isMomentary: boolean;
}

/** What an attempt is checked for. */
interface Checked {
  readonly keys: AttemptKeys;
  /** The user who has the e-mail; empty when nobody has it, so that the same statements run. */
  readonly userId: string;
  readonly now: Date;
  /** The attempt's own id, once it is counted; empty before. */
  readonly ownId: string;
}

/** Decides which limits of failed logins are reached. */
@Injectable()
export class LoginLimits {
  /** All of them, in the order in which they are checked. */
  readonly all: readonly LoginLimit[];

  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly known: KnownAddressesRepository,
    { LOGIN_FAILURES_PER_ADDRESS }: Config,
  ) {
    this.all = [
      { name: 'login-user-address', by: 'pairKey', failures: 10, windowMs: 15 * MINUTE },
      { name: 'login-address', by: 'addressKey', failures: LOGIN_FAILURES_PER_ADDRESS, windowMs: 15 * MINUTE },
      { name: 'login-user', by: 'emailKey', failures: 50, windowMs: 60 * MINUTE, thenEveryMs: 30 * SECOND },
    ];
  }

  /** How long an attempt may count, in milliseconds. */
  get longestWindowMs(): number {
    return Math.max(...this.all.map(({ windowMs }) => windowMs));
  }

  /** The limits that refuse an attempt; none when its password may be checked. */
  async reached(checked: Checked): Promise<ReachedLimit[]> {
    const reached: ReachedLimit[] = [];
    for (const limit of this.all) {
      const one = await this.check(limit, checked);
      if (one) reached.push(one);
    }
    return reached;
  }

  private async check(limit: LoginLimit, checked: Checked): Promise<ReachedLimit | undefined> {
    const { thenEveryMs } = limit;
    const reached = await this.count(limit, checked);
    if (!reached || reached.isMomentary || thenEveryMs === undefined) return reached;
    if (await this.known.exists(checked.userId, checked.keys.addressKey, checked.now)) return undefined;
    const slow = await this.count({ ...limit, failures: 1, windowMs: thenEveryMs }, checked);
    return slow && { ...slow, limit };
  }

  private async count(limit: LoginLimit, { keys, now, ownId }: Checked): Promise<ReachedLimit | undefined> {
    const { by, failures, windowMs } = limit;
    const counted: Counted = { by, key: keys[by], after: lowestIdAt(ago(now, windowMs - 1)), except: ownId };
    if ((await this.attempts.findNthNewest(failures, counted)) === undefined) return undefined;
    const failedBefore = lowestIdAt(ago(now, LONGEST_CHECK));
    const failure = await this.attempts.findNthNewest(failures, { ...counted, failedBefore });
    if (failure === undefined) return { limit, seconds: 1, isMomentary: true };
    const seconds = Math.ceil((momentOf(failure) + windowMs - now.getTime()) / SECOND);
    return { limit, seconds: Math.max(1, seconds), isMomentary: false };
  }
}

function ago(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}
