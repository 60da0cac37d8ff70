import { Injectable } from '@nestjs/common';
import { forUpdate, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Counter, type CounterName } from './counter.entity';

/** Numbers without a gap: the next one is given out again if the transaction that took it rolls back. */
@Injectable()
export class CountersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Takes the next number, from 1 on. Others who want one of the same account wait until this transaction ends. */
  async next(accountId: string, name: CounterName): Promise<number> {
    const { manager } = this.unitOfWork;
    const locked = () =>
      forUpdate(manager, manager.createQueryBuilder(Counter, 'counter').where({ accountId, name })).getOne();
    let counter = await locked();
    if (!counter) {
      // Only the first time: to try to insert first each time would make every two that count at once a deadlock.
      await insertIgnoring(manager, Counter, { accountId, name, value: 0 });
      counter = await locked();
    }
    if (!counter) throw new Error(`The account ${accountId} has no counter ${name}.`);
    const { value } = counter;
    await manager.update(Counter, { accountId, name }, { value: value + 1 });
    return value + 1;
  }
}
