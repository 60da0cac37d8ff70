import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { forUpdateOfUnlocked, lockingClause } from '../../database/dialect';
import { SelectStatement } from '../../database/select-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { Subscription, type SubscriptionStatus } from './subscription.entity';

/** The filter of a list of subscriptions. */
export interface SubscriptionFilter {
  readonly accountId: string;
  readonly reference?: string;
  readonly shopperEmail?: string;
  readonly status?: SubscriptionStatus;
}

/** What a list shows of the product of a subscription. */
const PRODUCT = {
  table: 'products ON products.id = subscriptions.product_id',
  texts: { productCode: 'products.code', productName: 'products.name' },
} as const;

/** A subscription in a list, with what the list shows of its product. */
export type ListedSubscription = Subscription & Record<keyof typeof PRODUCT.texts, string>;

/** Reads and writes subscriptions. */
@Injectable()
export class SubscriptionsRepository {
  private listed: SelectStatement<ListedSubscription> | undefined;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists subscriptions, newest first, starting after the given id. */
  list(filter: SubscriptionFilter, after: string | undefined, take: number): Promise<ListedSubscription[]> {
    const { manager } = this.unitOfWork;
    this.listed ??= SelectStatement.for(manager, Subscription).joined(PRODUCT);
    return this.listed.page(manager, { ...filter }, { order: 'DESC', after, take });
  }

  /** Returns a subscription; 404 if the account has no subscription with this reference. */
  async get(accountId: string, reference: string): Promise<Subscription> {
    return assertFound(await this.unitOfWork.manager.findOneBy(Subscription, { accountId, reference }));
  }

  /** Locks a subscription until the transaction ends; 404 if the account has no subscription with this reference. */
  async lock(accountId: string, reference: string): Promise<Subscription> {
    const { manager } = this.unitOfWork;
    const clauses = `WHERE account_id = ? AND reference = ? ${lockingClause(manager.dataSource)}`;
    const [locked] = await SelectStatement.for(manager, Subscription).rows(manager, clauses, [accountId, reference]);
    return assertFound(locked);
  }

  async insert(subscriptions: Subscription[]): Promise<void> {
    if (subscriptions.length > 0) await this.unitOfWork.manager.insert(Subscription, subscriptions);
  }

  async update(id: string, columns: Partial<Subscription>): Promise<void> {
    await this.unitOfWork.manager.update(Subscription, { id }, columns);
  }

  /**
   * Locks due subscriptions of all accounts until the transaction ends: active ones that are past their end, the
   * longest due first. Skips subscriptions that another transaction has locked, and the excluded ones.
   */
  lockDue(now: Date, take: number, excludedIds: readonly string[]): Promise<Subscription[]> {
    const due = this.queryDue(now).orderBy('subscription.endsAt').addOrderBy('subscription.id').limit(take);
    if (excludedIds.length > 0) due.andWhere('subscription.id NOT IN (:...excludedIds)', { excludedIds });
    return forUpdateOfUnlocked(this.unitOfWork.manager, due).getMany();
  }

  /** Locks a due subscription; undefined if it is no longer due or another transaction has it locked. */
  async lockDueOne(now: Date, id: string): Promise<Subscription | undefined> {
    const due = this.queryDue(now).andWhere('subscription.id = :id', { id });
    return (await forUpdateOfUnlocked(this.unitOfWork.manager, due).getOne()) ?? undefined;
  }

  /** Saves locked subscriptions in one statement. */
  async updateAll(locked: Subscription[]): Promise<void> {
    if (locked.length > 0) await this.unitOfWork.manager.upsert(Subscription, locked, ['id']);
  }

  private queryDue(now: Date): SelectQueryBuilder<Subscription> {
    const query = this.unitOfWork.manager.createQueryBuilder(Subscription, 'subscription');
    return query.where(`subscription.status = 'active' AND subscription.endsAt <= :now`, { now });
  }
}

function assertFound(subscription: Subscription | null | undefined): Subscription {
  if (subscription) return subscription;
  throw Problem.notFound(
    'subscription_not_found',
    inPath('reference'),
    'There is no subscription with this reference.',
  );
}
