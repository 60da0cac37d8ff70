import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { insertIgnoring, insertOrChange } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LoginRefusal, LoginRefusalCount } from './login-refusal.entity';

/** Windows of refused attempts, and their counts. */
@Injectable()
export class LoginRefusalsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(key: string): Promise<LoginRefusal | undefined> {
    return (await this.unitOfWork.manager.findOneBy(LoginRefusal, { key })) ?? undefined;
  }

  /** Windows that have ended by now, at most so many, the oldest first; without those of some keys. */
  listEnded(now: Date, except: readonly string[], limit: number): Promise<LoginRefusal[]> {
    const { manager } = this.unitOfWork;
    const windows = manager.createQueryBuilder(LoginRefusal, 'refusal').where({ endsAt: LessThanOrEqual(now) });
    if (except.length > 0) windows.andWhere('refusal.key NOT IN (:...except)', { except });
    return windows.orderBy('refusal.endsAt', 'ASC').limit(limit).getMany();
  }

  /**
   * Inserts a window unless one with its key is open, and returns the one that is open then. That one cannot be closed
   * before the transaction ends: on MySQL an insert that meets a row with the same key locks it.
   */
  async insertOrGet(window: LoginRefusal): Promise<LoginRefusal> {
    const { manager } = this.unitOfWork;
    await insertIgnoring(manager, LoginRefusal, window);
    return manager.findOneByOrFail(LoginRefusal, { key: window.key });
  }

  /** Counts one more refusal. The address becomes null once there are several. */
  async increment(one: Omit<LoginRefusalCount, 'refused'>): Promise<void> {
    const { manager } = this.unitOfWork;
    await insertOrChange(manager, LoginRefusalCount, { ...one, refused: 1 }, (inserted) => ({
      refused: 'refused + 1',
      last_at: inserted('last_at'),
      ip_address: `CASE WHEN ip_address = ${inserted('ip_address')} THEN ip_address ELSE NULL END`,
    }));
  }

  /** Deletes a window; returns false when another process has. A transaction that counts in the window ends before. */
  async delete({ key, id }: LoginRefusal): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(LoginRefusal, { key, id });
    return affected === 1;
  }

  /** Deletes the counts of a closed window, and returns them. */
  async deleteCounts(windowId: string): Promise<LoginRefusalCount[]> {
    const { manager } = this.unitOfWork;
    const counts = await manager.findBy(LoginRefusalCount, { windowId });
    if (counts.length > 0) await manager.delete(LoginRefusalCount, { windowId });
    return counts;
  }
}
