import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { readLatest } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LoginAttempt } from './login-attempt.entity';

/** The column whose equal values are counted together. */
export type AttemptKeyName = 'pairKey' | 'addressKey' | 'emailKey';

/** The attempts to count. */
export interface AttemptFilter {
  readonly by: AttemptKeyName;
  readonly key: string;
  /** Counts only attempts with a higher id; the id contains the time of the attempt. */
  readonly after: string;
  /** Id of the attempt to leave out: the one that is being checked. */
  readonly except: string;
  /** Counts only failed attempts, and attempts without a result whose id is lower than this one. */
  readonly failedBefore?: string;
}

/**
 * Stores login attempts. Each has its own row, and no row is a counter, so concurrent attempts never wait for each
 * other.
 */
@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Finds the id of the n-th newest attempt that the filter selects; undefined when there are fewer. Reads what every
   * process has committed, also on a cluster.
   */
  async findNthNewest(n: number, { by, key, after, except, failedBefore }: AttemptFilter): Promise<string | undefined> {
    const { manager } = this.unitOfWork;
    const attempts = manager
      .createQueryBuilder(LoginAttempt, 'attempt')
      .select('attempt.id', 'id')
      .where(`attempt.${by} = :key AND attempt.id > :after AND attempt.id <> :except`, { key, after, except })
      .orderBy('attempt.id', 'DESC')
      .limit(1)
      .offset(n - 1);
    if (failedBefore !== undefined) {
      attempts.andWhere('(attempt.failedAt IS NOT NULL OR attempt.id < :failedBefore)', { failedBefore });
    }
    const [attempt] = await readLatest<{ id: string }>(manager, attempts);
    return attempt?.id;
  }

  async insert(attempt: LoginAttempt): Promise<void> {
    await this.unitOfWork.manager.insert(LoginAttempt, attempt);
  }

  async delete(id: string): Promise<void> {
    await this.unitOfWork.manager.delete(LoginAttempt, { id });
  }

  async updateFailedAt(id: string, failedAt: Date): Promise<void> {
    await this.unitOfWork.manager.update(LoginAttempt, { id }, { failedAt });
  }

  /** Removes the pair from its failures. They still count by IP address alone and by email address alone. */
  async clearPair(pairKey: string): Promise<void> {
    const { manager } = this.unitOfWork;
    const failures = await manager.find(LoginAttempt, {
      where: { pairKey, failedAt: Not(IsNull()) },
      select: { id: true },
    });
    // Updates by primary key, so that it locks rows in the same order as the job that deletes old attempts.
    const ids = failures.map(({ id }) => id);
    if (ids.length > 0) await manager.update(LoginAttempt, { id: In(ids) }, { pairKey: null });
  }
}
