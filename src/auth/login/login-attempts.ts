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

/** How often, and how many milliseconds apart, an attempt looks for room while others are being checked. */
const TRIES = 50;
const PAUSE_MS = 100;

/** The id of an attempt that was counted, or the limits that refuse it. */
type CountedAttempt = { readonly id: string } | { readonly reached: readonly ReachedLimit[] };

/** Limits how often passwords can be guessed, over all processes; for e-mails that nobody has too, so that it tells nothing. */
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
   * @param activity what is attempted
   * @param userId the user who has the e-mail, if there is one
   * @throws Problem when a limit refuses the attempt, which does not count then
   */
  async begin(activity: ActivityType, email: string, userId = ''): Promise<string> {
    const counted = await this.waitForRoom(attemptKeys(email, this.context.origin?.ipAddress), userId);
    if ('id' in counted) return counted.id;
    throw await this.refusals.note(activity, email, tooManyAttempts(counted.reached, this.limits.all));
  }

  /** Notes that the password of an attempt was wrong. */
  async fail(id: string): Promise<void> {
    await this.unitOfWork.commitSeparately(() => this.attempts.updateFailedAt(id, this.clock.now()));
  }

  /**
   * Deletes an attempt that succeeded, in the transaction of what it opened, and forgives the failures before it. Call it
   * in an open transaction.
   */
  async succeed(id: string, email: string): Promise<void> {
    await this.attempts.delete(id);
    await this.forgive(email);
  }

  /**
   * No longer counts the failures of an e-mail from the address of this request. They still count for the address alone
   * and for the e-mail alone: otherwise one login of an attacker's own, or of the user, would give the attacker all guesses
   * again. Call it in an open transaction.
   */
  async forgive(email: string): Promise<void> {
    await this.attempts.clearPair(attemptKeys(email, this.context.origin?.ipAddress).pairKey);
  }

  /**
   * Counts an attempt, or returns the limits that refuse it. When only attempts that are being checked stand in the way, it
   * waits for their verdicts, because logins that succeed count for nothing.
   */
  private async waitForRoom(keys: AttemptKeys, userId: string): Promise<CountedAttempt> {
    for (let tries = 1; ; tries++) {
      const counted = await this.count(keys, userId);
      const mayPassSoon = 'reached' in counted && counted.reached.every(({ isMomentary }) => isMomentary);
      if (!mayPassSoon || tries === TRIES) return counted;
      await setTimeout(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  /**
   * Checks, counts the attempt, and checks again, now together with those that were counted at the same time. Of any number
   * at once each sees all that were counted before its second check, so no more than the limit pass.
   */
  private async count(keys: AttemptKeys, userId: string): Promise<CountedAttempt> {
    const now = this.clock.now();
    const before = await this.limits.reached({ keys, userId, now, ownId: '' });
    if (before.length > 0) return { reached: before };
    const id = this.ids.next(now);
    await this.unitOfWork.commitSeparately(() => this.attempts.insert({ id, ...keys, failedAt: null }));
    const after = await this.limits.reached({ keys, userId, now, ownId: id });
    if (after.length === 0) return { id };
    await this.unitOfWork.commitSeparately(() => this.attempts.delete(id));
    return { reached: after };
  }
}
