import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { setTimeout } from 'node:timers/promises';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { Clock } from '../../lib/time/clock';
import type { Problem } from '../../http/problems/problem';
import { IdSource } from '../../lib/time-ordered-id';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { attemptKeys, type AttemptKeys } from './attempt-keys';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { LoginLimits, type ReachedLimit } from './login-limits';
import { LoginRefusals } from './login-refusals';
import { tooManyAttempts } from './too-many-attempts';

const ATTEMPT = Symbol('attempt whose password is checked');
/** How often, and how many milliseconds apart, an attempt looks for room while others are being checked. */
const TRIES = 50;
const PAUSE_MS = 100;

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
    private readonly cls: ClsService,
  ) {}

  /**
   * Counts an attempt before its password is checked. Returns undefined when the password may be checked; otherwise the
   * problem to refuse the attempt with, which does not count then.
   * @param activity what is attempted
   * @param userId the user who has the e-mail, if there is one
   */
  async begin(activity: ActivityType, email: string, userId = ''): Promise<Problem | undefined> {
    const reached = await this.waitForRoom(attemptKeys(email, this.context.origin?.ipAddress), userId);
    if (reached.length === 0) return undefined;
    return this.refusals.note(activity, email, tooManyAttempts(reached, this.limits.all));
  }

  /** Notes that the password of this request's attempt was wrong. */
  async fail(): Promise<void> {
    const id = this.cls.get<string | undefined>(ATTEMPT);
    if (id !== undefined) await this.unitOfWork.run(() => this.attempts.setFailed(id, this.clock.now()));
  }

  /**
   * Notes that this request's attempt succeeded, in the unit of work of what it opened. It counts for nothing, and the
   * failures before it no longer count against its e-mail from its address. They still count for the address alone and for
   * the e-mail alone: otherwise one login of an attacker's own, or of the user, would give the attacker all guesses again.
   */
  async succeed(email: string): Promise<void> {
    const id = this.cls.get<string | undefined>(ATTEMPT);
    if (id !== undefined) await this.attempts.delete(id);
    await this.attempts.clearPair(attemptKeys(email, this.context.origin?.ipAddress).pairKey);
  }

  /**
   * Counts an attempt, or returns the limits that refuse it. When only attempts that are being checked stand in the way, it
   * waits for their verdicts, because logins that succeed count for nothing.
   */
  private async waitForRoom(keys: AttemptKeys, userId: string): Promise<ReachedLimit[]> {
    for (let tries = 1; ; tries++) {
      const reached = await this.count(keys, userId);
      const mayPassSoon = reached.length > 0 && reached.every(({ isMomentary }) => isMomentary);
      if (!mayPassSoon || tries === TRIES) return reached;
      await setTimeout(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  /**
   * Checks, counts the attempt, and checks again, now together with those that were counted at the same time. Of any number
   * at once each sees all that were counted before its second check, so no more than the limit pass.
   */
  private async count(keys: AttemptKeys, userId: string): Promise<ReachedLimit[]> {
    const now = this.clock.now();
    const before = await this.limits.reached({ keys, userId, now, ownId: '' });
    if (before.length > 0) return before;
    const id = this.ids.next(now);
    await this.unitOfWork.run(() => this.attempts.insert({ id, ...keys, failedAt: null }));
    const after = await this.limits.reached({ keys, userId, now, ownId: id });
    if (after.length > 0) await this.unitOfWork.run(() => this.attempts.delete(id));
    else this.cls.set(ATTEMPT, id);
    return after;
  }
}
