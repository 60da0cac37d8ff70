import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { addMonths } from '../../lib/time/calendar';
import type { Product } from '../catalog/product.entity';
import type { Order, OrderLine } from '../sales/order.entity';
import { createSubscriptionReference } from '../subscriptions/subscription-reference';
import type { Subscription } from '../subscriptions/subscription.entity';

/** The subscriptions that a paid order begins, and its lines, which name them. */
export interface NewSubscriptions {
  readonly lines: OrderLine[];
  readonly subscriptions: Subscription[];
}

/** Makes the rows of the subscriptions that a paid order begins: one for each line of a recurring product. */
@Injectable()
export class SubscriptionFactory {
  constructor(private readonly ids: IdSource) {}

  /** @param products the products of all lines */
  make(order: Order, lines: readonly OrderLine[], products: readonly Product[], now: Date): NewSubscriptions {
    const subscriptions: Subscription[] = [];
    const linesWithReferences = lines.map((line) => {
      const months = products.find(({ id }) => id === line.productId)?.billingCycleMonths ?? 0;
      if (months === 0) return line;
      const subscriptionReference = createSubscriptionReference();
      subscriptions.push(this.subscription(order, line, subscriptionReference, months, now));
      return { ...line, subscriptionReference };
    });
    return { lines: linesWithReferences, subscriptions };
  }

  private subscription(order: Order, line: OrderLine, reference: string, months: number, now: Date): Subscription {
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
