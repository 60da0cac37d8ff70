import { Injectable } from '@nestjs/common';
import type { ActivityFields } from '../../audit/catalogue/activity-fields';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import type { Subscription } from './subscription.entity';

import { lookUp } from '../../lib/elements';
import { ZonedClock } from '../../lib/time/zoned-time';
import { ProductsRepository } from '../catalog/products.repository';
import { subscriptionView, type SubscriptionView } from './subscription.view';
import { SubscriptionsRepository } from './subscriptions.repository';

/** Returns the fields that every record about a subscription has. */
export function recordFieldsOf(
  { reference, orderReference }: Subscription,
  comment: string | null | undefined,
): Pick<ActivityFields, 'subscriptionReference' | 'orderReference'> & Partial<Pick<ActivityFields, 'comment'>> {
  return { subscriptionReference: reference, orderReference, ...(comment && { comment }) };
}

/** Locks a subscription of the actor's account, and saves what an action changes in it. */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly products: ProductsRepository,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  /** Reads a subscription and locks it until the transaction ends. */
  lock(reference: string): Promise<Subscription> {
    return this.subscriptions.lock(this.context.actor.accountId, reference);
  }

  /** Saves the changed columns, and adds the changes to the record of the running action. */
  async save(subscription: Subscription, changedColumns: Partial<Subscription>): Promise<SubscriptionView> {
    await this.subscriptions.update(subscription.id, changedColumns);
    const next = { ...subscription, ...changedColumns };
    const products = await this.products.findByIds([subscription.productId, next.productId]);
    const clock = ZonedClock.of(this.context.actor.timeZone);
    const before = subscriptionView(subscription, lookUp(products, subscription.productId), clock);
    const after = subscriptionView(next, lookUp(products, next.productId), clock);
    this.activity.describeChanges(before, after);
    return after;
  }
}
