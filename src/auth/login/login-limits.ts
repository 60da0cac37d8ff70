import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config';
import { lowestIdAt, momentOf } from '../../lib/time-ordered-id';
import type { AttemptKeys } from './attempt-keys';
import { KnownAddressesRepository } from './known-addresses.repository';
import { LoginAttemptsRepository, type AttemptFilter, type AttemptKeyName } from './login-attempts.repository';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** An attempt without a result after this many milliseconds counts as failed: the process that verified it has died. */
const LONGEST_CHECK = 10 * SECOND;

/** The number of failures that is allowed in a time window. */
export interface LoginLimit {
  /** Name in the RateLimit headers. */
  readonly name: string;
  readonly by: AttemptKeyName;
  readonly failures: number;
  readonly windowMs: number;
  /** Above the limit, one attempt is allowed in this many milliseconds; without it, none. */
  readonly thenEveryMs?: number;
}

/** A limit that refuses an attempt. */
export interface ReachedLimit {
  readonly limit: LoginLimit;
  /** Seconds until it can allow an attempt again. */
  readonly seconds: number;
  /**
   * Whether it is reached only because of attempts whose passwords are still being verified, so that it may be free a
   * moment later.
   */
  readonly isMomentary: boolean;
}

/** The attempt that is checked against the limits. */
interface CheckedAttempt {
  readonly keys: AttemptKeys;
  /** The user with this email address; empty when there is none, so that the same SQL statements run. */
  readonly userId: string;
  readonly now: Date;
  /** The attempt's id; empty before it was counted. */
  readonly ownId: string;
}

/** Finds the limits of failed logins that an attempt has reached. */
@Injectable()
export class LoginLimits {
  /** All limits, in the order in which they are checked. */
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

  /** The longest window in milliseconds; older attempts count for no limit. */
  get longestWindowMs(): number {
    return Math.max(...this.all.map(({ windowMs }) => windowMs));
  }

  /** Returns the limits that refuse an attempt; none when its password can be verified. */
  async findReached(checked: CheckedAttempt): Promise<ReachedLimit[]> {
    const reached: ReachedLimit[] = [];
    for (const limit of this.all) {
      const one = await this.check(limit, checked);
      if (one) reached.push(one);
    }
    return reached;
  }

  private async check(limit: LoginLimit, checked: CheckedAttempt): Promise<ReachedLimit | undefined> {
    const { thenEveryMs } = limit;
    const reached = await this.count(limit, checked);
    if (!reached || reached.isMomentary || thenEveryMs === undefined) return reached;
    if (await this.known.exists(checked.userId, checked.keys.addressKey, checked.now)) return undefined;
    const slow = await this.count({ ...limit, failures: 1, windowMs: thenEveryMs }, checked);
    return slow && { ...slow, limit };
  }

  private async count(limit: LoginLimit, { keys, now, ownId }: CheckedAttempt): Promise<ReachedLimit | undefined> {
    const { by, failures, windowMs } = limit;
    const filter: AttemptFilter = { by, key: keys[by], after: lowestIdAt(ago(now, windowMs - 1)), except: ownId };
    if ((await this.attempts.findNthNewest(failures, filter)) === undefined) return undefined;
    const failedBefore = lowestIdAt(ago(now, LONGEST_CHECK));
    const failure = await this.attempts.findNthNewest(failures, { ...filter, failedBefore });
    if (failure === undefined) return { limit, seconds: 1, isMomentary: true };
    const seconds = Math.ceil((momentOf(failure) + windowMs - now.getTime()) / SECOND);
    return { limit, seconds: Math.max(1, seconds), isMomentary: false };
  }
}

function ago(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}
