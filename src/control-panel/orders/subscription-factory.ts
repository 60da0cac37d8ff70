import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { addMonths } from '../../lib/time/calendar';
import type { Product } from '../catalog/product.entity';
import type { Order, OrderLine } from '../sales/order.entity';
import { createSubscriptionReference } from '../subscriptions/subscription-reference';
import type { Subscription } from '../subscriptions/subscription.entity';

/** The new subscriptions of an order, and the lines of the order with the references of these subscriptions. */
export interface NewSubscriptions {
  readonly lines: OrderLine[];
  readonly subscriptions: Subscription[];
}

/** Creates the subscriptions of a paid order. Inserting them is up to the caller. */
@Injectable()
export class SubscriptionFactory {
  constructor(private readonly ids: IdSource) {}

  /**
   * Creates one subscription for each line whose product has a billing cycle.
   * @param products the products of all lines
   */
  create(order: Order, lines: readonly OrderLine[], products: readonly Product[], now: Date): NewSubscriptions {
    const subscriptions: Subscription[] = [];
    const linesWithReferences = lines.map((line) => {
      const months = products.find(({ id }) => id === line.productId)?.billingCycleMonths ?? 0;
      if (months === 0) return line;
      const subscriptionReference = createSubscriptionReference();
      subscriptions.push(this.createSubscription(order, line, subscriptionReference, months, now));
      return { ...line, subscriptionReference };
    });
    return { lines: linesWithReferences, subscriptions };
  }

  private createSubscription(
    order: Order,
    line: OrderLine,
    reference: string,
    months: number,
    now: Date,
  ): Subscription {
    return {
      id: this.ids.next(now),
      accountId: order.accountId,
      reference,
      orderReference: order.reference,
      productId: line.productId,
      quantity: line.quantity,
      shopperName: order.shopperName,
      shopperEmail: order.shopperEmail,
      status: 'active',
      renewal: 'automatic',
      price: line.amount,
      currency: order.currency,
      billingCycleMonths: months,
      renewalPrice: null,
      renewalCycles: null,
      cycleStartedAt: now,
      endsAt: addMonths(now, months),
      card: { ...order.card },
      createdAt: now,
    };
  }
}
