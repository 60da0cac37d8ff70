import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { insertIgnoring, insertOrChange } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LoginRefusal, LoginRefusalCount } from './login-refusal.entity';

/** Stores the windows of refused attempts, and their counts. */
@Injectable()
export class LoginRefusalsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(key: string): Promise<LoginRefusal | undefined> {
    return (await this.unitOfWork.manager.findOneBy(LoginRefusal, { key })) ?? undefined;
  }

  /** Lists at most `limit` windows that have ended, oldest first, without the keys in `except`. */
  listEnded(now: Date, except: readonly string[], limit: number): Promise<LoginRefusal[]> {
    const { manager } = this.unitOfWork;
    const windows = manager.createQueryBuilder(LoginRefusal, 'refusal').where({ endsAt: LessThanOrEqual(now) });
    if (except.length > 0) windows.andWhere('refusal.key NOT IN (:...except)', { except });
    return windows.orderBy('refusal.endsAt', 'ASC').limit(limit).getMany();
  }

  /**
   * Inserts a window unless there is an open one with its key, and returns the open one. No other transaction can close
   * it before this one ends, because on MySQL an insert locks an existing row with the same key.
   */
  async insertOrGet(window: LoginRefusal): Promise<LoginRefusal> {
    const { manager } = this.unitOfWork;
    await insertIgnoring(manager, LoginRefusal, window);
    return manager.findOneByOrFail(LoginRefusal, { key: window.key });
  }

  /** Adds one refusal to the count of a process. The address becomes null once the refusals come from several. */
  async increment(one: Omit<LoginRefusalCount, 'refused'>): Promise<void> {
    const { manager } = this.unitOfWork;
    await insertOrChange(manager, LoginRefusalCount, { ...one, refused: 1 }, (inserted) => ({
      refused: 'refused + 1',
      last_at: inserted('last_at'),
      ip_address: `CASE WHEN ip_address = ${inserted('ip_address')} THEN ip_address ELSE NULL END`,
    }));
  }

  /**
   * Deletes a window, and returns false when another process has deleted it. Waits for transactions that count in the
   * window.
   */
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
