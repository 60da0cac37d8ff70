import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { CountedRefusal } from '../../audit/recording/counted-refusal';
import { Recorder } from '../../audit/recording/recorder';
import { RequestContext } from '../../context/request-context';
import { LENGTH } from '../../database/columns';
import { UnitOfWork } from '../../database/unit-of-work';
import type { Problem } from '../../http/problems/problem';
import { fitText } from '../../lib/secrets/fit-text';
import { sha256 } from '../../lib/sha256';
import { IdSource, momentOf } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { canonicalEmail } from './attempt-keys';
import type { LoginRefusal, LoginRefusalCount } from './login-refusal.entity';
import { LoginRefusalsRepository } from './login-refusals.repository';

/** Milliseconds for which refusals of an email address are counted before their number is recorded. */
const WINDOW_MS = 15 * 60_000;

/**
 * Records the first refused attempt of each time window, and afterwards their number, so that refusals do not flood the
 * report.
 */
@Injectable()
export class LoginRefusals {
  /** Id of this process, which counts in rows of its own. */
  private readonly processId: string;

  constructor(
    private readonly refusals: LoginRefusalsRepository,
    private readonly accounts: AccountsRepository,
    private readonly recorder: Recorder,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {
    this.processId = ids.next(clock.now());
  }

  /**
   * Counts a refused attempt, and returns the problem to throw: the given one, which is recorded as every failure is,
   * or a `CountedRefusal`, which is not. Does the same work for an unknown email address.
   */
  async count(activity: ActivityType, email: string, problem: Problem): Promise<Problem> {
    const key = sha256(`${activity} ${canonicalEmail(email)}`);
    const now = this.clock.now();
    const last = await this.refusals.find(key);
    if (last && last.endsAt <= now) await this.close(last);
    const window = this.newWindow(key, activity, now);
    const isFirst = await this.unitOfWork.commitSeparately(async () => {
      const { id } = await this.refusals.insertOrGet(window);
      if (id === window.id) return true;
      const { ipAddress } = window;
      await this.refusals.increment({ windowId: id, processId: this.processId, lastAt: now, ipAddress });
      return false;
    });
    if (!isFirst) return CountedRefusal.of(problem);
    if (!this.context.knownActor) await this.recorder.recordUnclaimed(activity, problem);
    return problem;
  }

  /**
   * Closes a window and records the number of refusals. Returns whether it wrote a record: it writes none when another
   * process has closed the window, or when the first, recorded refusal was the only one.
   */
  async close(window: LoginRefusal): Promise<boolean> {
    return this.unitOfWork.commitSeparately(async () => {
      if (!(await this.refusals.delete(window))) return false;
      const counts = await this.refusals.deleteCounts(window.id);
      if (counts.length === 0 || window.accountId === null) return false;
      await this.recordNumber(window, window.accountId, counts);
      return true;
    });
  }

  private newWindow(key: string, activity: ActivityType, now: Date): LoginRefusal {
    const { knownActor, origin } = this.context;
    return {
      key,
      id: this.ids.next(now),
      endsAt: new Date(now.getTime() + WINDOW_MS),
      activity,
      accountId: knownActor?.accountId ?? null,
      userId: knownActor?.userId ?? null,
      userName: fitText(knownActor?.userName, LENGTH.name),
      userEmail: knownActor?.userEmail ?? null,
      ipAddress: fitText(origin?.ipAddress, LENGTH.ipAddress),
    };
  }

  /**
   * Records the number of refusals at the current time: clients that follow the report may have read past the time of
   * the refusals already.
   */
  private async recordNumber(
    window: LoginRefusal,
    accountId: string,
    counts: readonly LoginRefusalCount[],
  ): Promise<void> {
    const { timeZone } = await this.accounts.get(accountId);
    const refused = counts.reduce((sum, count) => sum + count.refused, 1);
    const [from, to] = [momentOf(window.id), Math.max(...counts.map(({ lastAt }) => lastAt.getTime()))];
    const zone = ZonedClock.of(timeZone);
    const isOneAddress = counts.every(({ ipAddress }) => ipAddress !== null && ipAddress === window.ipAddress);
    await this.recorder.recordPast([
      {
        type: window.activity,
        outcome: 'failure',
        actor: { accountId, userId: window.userId, userName: window.userName ?? '', userEmail: window.userEmail },
        occurredAt: this.clock.now(),
        origin: { ipAddress: isOneAddress ? window.ipAddress : null },
        fields: {
          comment: `${refused} attempts refused from ${zone.wallClock(from)} to ${zone.wallClock(to)}, after too many wrong passwords`,
          details: {
            error: 'too_many_attempts',
            refused,
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
          },
        },
      },
    ]);
  }
}
