import { Injectable } from '@nestjs/common';
import { LessThan, type SelectQueryBuilder } from 'typeorm';
import { forUpdate, forUpdateOfUnlocked } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
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
    return assertFound(await this.unitOfWork.manager.findOneBy(Subscription, { accountId, reference }));
  }

  /** Locks a subscription until the transaction ends. */
  async lock(accountId: string, reference: string): Promise<Subscription> {
    const { manager } = this.unitOfWork;
    const query = manager.createQueryBuilder(Subscription, 'subscription').where({ accountId, reference });
    return assertFound(await forUpdate(manager, query).getOne());
  }

  async insert(subscriptions: Subscription[]): Promise<void> {
    if (subscriptions.length > 0) await this.unitOfWork.manager.insert(Subscription, subscriptions);
  }

  async update(id: string, changed: Partial<Subscription>): Promise<void> {
    await this.unitOfWork.manager.update(Subscription, { id }, changed);
  }

  /**
   * Locks those of all accounts that are past their end and still active, the longest due first, until the transaction
   * ends. Leaves out those that another transaction has locked.
   */
  lockDue(now: Date, take: number, except: readonly string[]): Promise<Subscription[]> {
    const due = this.due(now).orderBy('subscription.endsAt').addOrderBy('subscription.id').limit(take);
    if (except.length > 0) due.andWhere('subscription.id NOT IN (:...except)', { except });
    return forUpdateOfUnlocked(this.unitOfWork.manager, due).getMany();
  }

  /** Locks one of them; undefined if it is no longer due or another transaction has it locked. */
  async lockDueOne(now: Date, id: string): Promise<Subscription | undefined> {
    const due = this.due(now).andWhere('subscription.id = :id', { id });
    return (await forUpdateOfUnlocked(this.unitOfWork.manager, due).getOne()) ?? undefined;
  }

  /** Writes locked ones back in one statement. */
  async updateAll(locked: Subscription[]): Promise<void> {
    if (locked.length > 0) await this.unitOfWork.manager.upsert(Subscription, locked, ['id']);
  }

  private due(now: Date): SelectQueryBuilder<Subscription> {
    const query = this.unitOfWork.manager.createQueryBuilder(Subscription, 'subscription');
    return query.where(`subscription.status = 'active' AND subscription.endsAt <= :now`, { now });
  }
}

function assertFound(subscription: Subscription | null): Subscription {
  if (subscription) return subscription;
  throw Problem.notFound(
    'subscription_not_found',
    inPath('reference'),
    'There is no subscription with this reference.',
  );
}
