import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { readLatest } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LoginAttempt } from './login-attempt.entity';

/** By which of its keys an attempt is counted. */
export type CountedBy = 'pairKey' | 'addressKey' | 'emailKey';

/** Which attempts are counted. */
export interface Counted {
  readonly by: CountedBy;
  readonly key: string;
  /** Only attempts with a higher id, which carries their time. */
  readonly after: string;
  /** An attempt that is left out: the one that is about to be allowed. */
  readonly except: string;
  /** Only attempts that have failed; one without a verdict counts as failed when its id is lower than this one. */
  readonly failedBefore?: string;
}

/** Attempts to log in, each a row of its own: nothing is counted up, so attempts at the same time never wait for each other. */
@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Finds the id of the n-th newest of the counted attempts; undefined when there are fewer. Sees what any process has committed. */
  async findNthNewest(n: number, { by, key, after, except, failedBefore }: Counted): Promise<string | undefined> {
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

  /** No longer counts the failures of a pair as such; they still count for their address and for their e-mail. */
  async clearPair(pairKey: string): Promise<void> {
    const { manager } = this.unitOfWork;
    const failures = await manager.find(LoginAttempt, {
      where: { pairKey, failedAt: Not(IsNull()) },
      select: { id: true },
    });
    // By their primary key, so that this locks rows in no other order than the job that deletes old ones.
    const ids = failures.map(({ id }) => id);
    if (ids.length > 0) await manager.update(LoginAttempt, { id: In(ids) }, { pairKey: null });
  }
}
