import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Subscription } from './subscription.entity';

/** The subscriptions that are past their end and still active, of all accounts. */
@Injectable()
export class DueSubscriptions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Claims those that are due longest until the transaction ends, leaving out what another process has claimed. */
  claim(now: Date, take: number, except: readonly string[]): Promise<Subscription[]> {
    const due = this.due(now).orderBy('subscription.endsAt').addOrderBy('subscription.id').limit(take);
    if (except.length > 0) due.andWhere('subscription.id NOT IN (:...except)', { except });
    return this.locked(due);
  }

  /** The one subscription, if it is still due and nobody else has claimed it. */
  claimOne(now: Date, id: string): Promise<Subscription[]> {
    return this.locked(this.due(now).andWhere('subscription.id = :id', { id }));
  }

  /** Writes claimed ones back, all in one statement: nobody else can have changed them. */
  async save(claimed: Subscription[]): Promise<void> {
    if (claimed.length > 0) await this.unitOfWork.manager.upsert(Subscription, claimed, ['id']);
  }

  private due(now: Date): SelectQueryBuilder<Subscription> {
    const query = this.unitOfWork.manager.createQueryBuilder(Subscription, 'subscription');
    return query.where(`subscription.status = 'active' AND subscription.endsAt <= :now`, { now });
  }

  private locked(due: SelectQueryBuilder<Subscription>): Promise<Subscription[]> {
    return forUpdateOfUnlocked(this.unitOfWork.manager, due).getMany();
  }
}
