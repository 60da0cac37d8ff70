import { addMonths } from '../../lib/time/calendar';
import type { Product } from '../catalog/product.entity';
import type { Order, OrderLine } from '../sales/order.entity';
import type { Subscription } from '../subscriptions/subscription.entity';

/** The new subscriptions of an order, and the lines of the order with the references of these subscriptions. */
export interface NewSubscriptions {
  readonly lines: OrderLine[];
  readonly subscriptions: Subscription[];
}

/** The identifiers of new subscriptions. */
export interface SubscriptionIds {
  /** Returns the reference of the next subscription. */
  readonly createReference: () => string;
  /** Returns the id of the subscription with a reference. */
  readonly createId: (reference: string) => string;
}

/**
 * Creates one subscription for each line whose product has a billing cycle.
 * @param products the products of all lines
 * @param startedAt the start of the first billing cycles
 */
export function createNewSubscriptions(
  order: Order,
  lines: readonly OrderLine[],
  products: readonly Product[],
  startedAt: Date,
  { createReference, createId }: SubscriptionIds,
): NewSubscriptions {
  const subscriptions: Subscription[] = [];
  const linesWithReferences = lines.map((line) => {
    const months = products.find(({ id }) => id === line.productId)?.billingCycleMonths ?? 0;
    if (months === 0) return line;
    const subscriptionReference = createReference();
    subscriptions.push({
      id: createId(subscriptionReference),
      accountId: order.accountId,
      reference: subscriptionReference,
      orderReference: order.reference,
      productId: line.productId,
      quantity: line.quantity,
      shopperName: order.shopperName,
      shopperEmail: order.shopperEmail,
      status: 'active',
      expiryReason: null,
      renewal: 'automatic',
      price: line.amount,
      currency: order.currency,
      billingCycleMonths: months,
      renewalPrice: null,
      renewalCycles: null,
      cycleStartedAt: startedAt,
      cycleMonths: months,
      endsAt: addMonths(startedAt, months),
      card: { ...order.card },
      createdAt: startedAt,
    });
    return { ...line, subscriptionReference };
  });
  return { lines: linesWithReferences, subscriptions };
}
