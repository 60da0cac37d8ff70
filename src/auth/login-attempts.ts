import { HttpStatus, Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock';
import { sha256 } from '../common/fingerprint';
import { Problem } from '../common/problem';
import { IdSource } from '../common/time-ordered-id';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { LoginAttempt } from './login-attempt.entity';

/** So many failed logins with an e-mail from one address, without a success between, and the next ones must wait. */
export const MAX_FAILED_LOGINS = 10;
const WINDOW_MS = 15 * 60_000;

/** Limits how often passwords can be guessed, over all processes; of e-mails that nobody has too, so that it tells nothing. */
@Injectable()
export class LoginAttempts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Counts an attempt before its password is looked at: of many at the same time, each sees those that were counted
   * before it. Answers the seconds to wait, 0 for none; an attempt that has to wait does not count.
   */
  async begin(email: string): Promise<number> {
    const now = this.clock.now();
    const key = this.keyOf(email);
    const attempt = { id: this.ids.next(now), key, triedAt: now };
    await this.unitOfWork.run(async () => {
      const { manager } = this.unitOfWork;
      await manager.delete(LoginAttempt, { triedAt: LessThanOrEqual(new Date(now.getTime() - WINDOW_MS)) });
      await manager.insert(LoginAttempt, attempt);
    });
    const counted = await this.unitOfWork.manager.find(LoginAttempt, {
      where: { key },
      order: { triedAt: 'ASC', id: 'ASC' },
    });
    if (counted.length <= MAX_FAILED_LOGINS) return 0;
    await this.unitOfWork.run(() => this.unitOfWork.manager.delete(LoginAttempt, { id: attempt.id }));
    const firstToPass = counted.find(({ id }) => id !== attempt.id)?.triedAt ?? now;
    return Math.max(1, Math.ceil((firstToPass.getTime() + WINDOW_MS - now.getTime()) / 1000));
  }

  /** After a success the failures before it no longer count. In the unit of work of the login. */
  async forget(email: string): Promise<void> {
    await this.unitOfWork.manager.delete(LoginAttempt, { key: this.keyOf(email) });
  }

  private keyOf(email: string): string {
    return sha256(`${email.trim().toLowerCase()} ${this.context.origin?.ipAddress ?? ''}`);
  }
}

/** The problem of whoever failed too often. */
export function tooManyAttempts(seconds: number): Problem {
  const detail = `Too many wrong passwords: wait ${seconds} seconds without trying.`;
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_attempts', detail, [], { 'Retry-After': String(seconds) });
}
