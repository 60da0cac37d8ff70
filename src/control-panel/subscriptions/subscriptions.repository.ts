import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { forUpdate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { Subscription, type SubscriptionStatus } from './subscription.entity';

/** What a list of subscriptions may be narrowed to. */
export interface SubscriptionFilter {
  readonly accountId: string;
  readonly reference?: string;
  readonly shopperEmail?: string;
  readonly status?: SubscriptionStatus;
}

/** Subscriptions. */
@Injectable()
export class SubscriptionsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first. */
  list(filter: SubscriptionFilter, after: string | undefined, take: number): Promise<Subscription[]> {
    const where = { ...filter, ...(after !== undefined && { id: LessThan(after) }) };
    return this.unitOfWork.manager.find(Subscription, { where, order: { id: 'DESC' }, take });
  }

  /** The subscription; 404 where the account has none of this reference. */
  async get(accountId: string, reference: string): Promise<Subscription> {
    return found(await this.unitOfWork.manager.findOneBy(Subscription, { accountId, reference }));
  }

  /** The subscription, locked until the transaction ends: whoever changes it next waits. */
  async getForUpdate(accountId: string, reference: string): Promise<Subscription> {
    const { manager } = this.unitOfWork;
    const query = manager.createQueryBuilder(Subscription, 'subscription').where({ accountId, reference });
    return found(await forUpdate(manager, query).getOne());
  }

  async insert(subscriptions: Subscription[]): Promise<void> {
    if (subscriptions.length > 0) await this.unitOfWork.manager.insert(Subscription, subscriptions);
  }

  async update(id: string, changed: Partial<Subscription>): Promise<void> {
    await this.unitOfWork.manager.update(Subscription, { id }, changed);
  }
}

function found(subscription: Subscription | null): Subscription {
  if (subscription) return subscription;
  throw Problem.notFound('subscription_not_found', 'reference', 'There is no subscription with this reference.');
}
