import { Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { attemptKeys, type AttemptKeys } from './attempt-keys';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { LoginLimits, type ReachedLimit } from './login-limits';
import { LoginRefusals } from './login-refusals';
import { tooManyAttempts } from './too-many-attempts';

/** How often an attempt checks the limits while the passwords of other attempts are being verified. */
const MAX_TRIES = 50;
/** Mean milliseconds between two of these checks. */
const PAUSE_MS = 100;

/** The id of an attempt that was counted, or the limits that refuse it. */
type CountedAttempt = { readonly id: string } | { readonly reached: readonly ReachedLimit[] };

/**
 * Limits password guessing across all processes. Unknown email addresses are limited too, so that a refusal does not
 * reveal whether a user exists.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly limits: LoginLimits,
    private readonly refusals: LoginRefusals,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Counts an attempt before its password is checked, and returns the id of the attempt.
   * @param activity the type of the attempted activity
   * @param userId the user who has the email address, if there is one
   * @throws Problem when a limit refuses the attempt, which does not count then
   */
  async begin(activity: ActivityType, email: string, userId = ''): Promise<string> {
    const counted = await this.countWhenPossible(attemptKeys(email, this.context.origin?.ipAddress), userId);
    if ('id' in counted) return counted.id;
    throw await this.refusals.count(activity, email, tooManyAttempts(counted.reached, this.limits.all));
  }

  /** Saves that the password of an attempt was wrong. */
  async fail(id: string): Promise<void> {
    await this.unitOfWork.commitSeparately(() => this.attempts.updateFailedAt(id, this.clock.now()));
  }

  /**
   * Deletes an attempt that succeeded, and clears the failures before it. Call it in the transaction that opens the
   * session or changes the password.
   */
  async succeed(id: string, email: string): Promise<void> {
    await this.attempts.delete(id);
    await this.clearFailures(email);
  }

  /**
   * Stops counting the failures of an email address together with this request's IP address. They still count by each
   * of the two alone: otherwise a login with the attacker's own account, or the victim's own login, would reset the
   * attacker's guesses. Call it in an open transaction.
   */
  async clearFailures(email: string): Promise<void> {
    await this.attempts.clearPair(attemptKeys(email, this.context.origin?.ipAddress).pairKey);
  }

  /**
   * Counts an attempt, or returns the limits that refuse it. While a limit is reached only because of attempts whose
   * passwords are still being verified, it waits for them, because successful logins do not count.
   */
  private async countWhenPossible(keys: AttemptKeys, userId: string): Promise<CountedAttempt> {
    for (let tries = 1; ; tries++) {
      const counted = await this.count(keys, userId);
      const mayPassLater = 'reached' in counted && counted.reached.every(({ isMomentary }) => isMomentary);
      if (!mayPassLater || tries === MAX_TRIES) return counted;
      await setTimeout(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  /**
   * Checks the limits, counts the attempt, and checks again. The second check sees every attempt that was counted
   * before it, so of any number of concurrent attempts no more than the limit pass.
   */
  private async count(keys: AttemptKeys, userId: string): Promise<CountedAttempt> {
    const now = this.clock.now();
    const before = await this.limits.findReached({ keys, userId, now, ownId: '' });
    if (before.length > 0) return { reached: before };
    const id = this.ids.next(now);
    await this.unitOfWork.commitSeparately(() => this.attempts.insert({ id, ...keys, failedAt: null }));
    const after = await this.limits.findReached({ keys, userId, now, ownId: id });
    if (after.length === 0) return { id };
    await this.unitOfWork.commitSeparately(() => this.attempts.delete(id));
    return { reached: after };
  }
}
