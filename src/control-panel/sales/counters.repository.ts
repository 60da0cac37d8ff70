import { Injectable } from '@nestjs/common';
import { forUpdate, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Counter, type CounterName } from './counter.entity';

/** Issues gap-free numbers: if the transaction that took a number rolls back, the next one takes the same number. */
@Injectable()
export class CountersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Takes the next number, starting at 1. It locks the account's counter until the transaction ends. */
  async next(accountId: string, name: CounterName): Promise<number> {
    const { manager } = this.unitOfWork;
    const lockCounter = () =>
      forUpdate(manager, manager.createQueryBuilder(Counter, 'counter').where({ accountId, name })).getOne();
    let counter = await lockCounter();
    if (!counter) {
      // Inserts only if the row is missing: inserting every time would deadlock any two concurrent transactions.
      await insertIgnoring(manager, Counter, { accountId, name, value: 0 });
      counter = await lockCounter();
    }
    if (!counter) throw new Error(`The account ${accountId} has no counter ${name}.`);
    const { value } = counter;
    await manager.update(Counter, { accountId, name }, { value: value + 1 });
    return value + 1;
  }
}
