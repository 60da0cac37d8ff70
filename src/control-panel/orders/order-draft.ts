import { Injectable } from '@nestjs/common';
import { IdSource } from '../../common/time-ordered-id';
import { addMonths } from '../../common/calendar';
import type { Subscription } from '../subscriptions/subscription.entity';
import { newSubscriptionReference } from '../subscriptions/subscription-reference';
import { Counters } from './counters';
import type { BasketItem } from './order-basket';
import type { Order, OrderLine } from './order.entity';
import type { PlaceOrder } from './orders.dto';

/** The first order of an account has this reference and one. */
const REFERENCES_AFTER = 2_000_000;

/** An order that is about to be placed. */
export interface DraftedOrder {
  readonly order: Order;
  readonly lines: OrderLine[];
  readonly subscriptions: Subscription[];
}

/** Makes the rows of an order: one line a product, and a subscription for each recurring one. */
@Injectable()
export class OrderDraft {
  constructor(
    private readonly counters: Counters,
    private readonly ids: IdSource,
  ) {}

  async make(accountId: string, request: PlaceOrder, basket: readonly BasketItem[], now: Date): Promise<DraftedOrder> {
    const reference = String(REFERENCES_AFTER + (await this.counters.next(accountId, 'order')));
    const order = this.order(accountId, reference, request, basket, now);
    const lines = basket.map((item, index) => this.line(order, item, index + 1, now));
    const subscriptions = basket.flatMap((item, index) => this.subscription(order, item, lines[index]!, now) ?? []);
    return { order, lines, subscriptions };
  }

  private order(
    accountId: string,
    reference: string,
    { shopper, currency, paymentMethod, comment }: PlaceOrder,
    basket: readonly BasketItem[],
    now: Date,
  ): Order {
    return {
      id: this.ids.next(now),
      accountId,
      reference,
      status: 'pending',
      shopperName: shopper.name,
      shopperEmail: shopper.email,
      shopperLanguage: shopper.language ?? null,
      shopperCountry: shopper.country,
      currency,
      total: basket.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
      refunded: 0,
      comment: comment ?? null,
      card: { ...paymentMethod },
      placedAt: now,
    };
  }

  private line(order: Order, { product, quantity }: BasketItem, position: number, now: Date): OrderLine {
    return {
      id: this.ids.next(now),
      orderId: order.id,
      position,
      productId: product.id,
      productCode: product.code,
      productName: product.name,
      quantity,
      unitPrice: product.price,
      amount: product.price * quantity,
      nonRefundableFee: product.nonRefundableFee * quantity,
      subscriptionReference: product.billingCycleMonths > 0 ? newSubscriptionReference() : null,
    };
  }

  private subscription(
    order: Order,
    { product, quantity }: BasketItem,
    line: OrderLine,
    now: Date,
  ): Subscription | undefined {
    if (line.subscriptionReference === null) return undefined;
    return {
      id: this.ids.next(now),
      accountId: order.accountId,
      reference: line.subscriptionReference,
      orderReference: order.reference,
      productId: product.id,
      quantity,
      shopperName: order.shopperName,
      shopperEmail: order.shopperEmail,
      status: 'active',
      renewal: 'automatic',
      price: line.amount,
      currency: order.currency,
      billingCycleMonths: product.billingCycleMonths,
      renewalPrice: null,
      renewalCycles: null,
      cycleStartedAt: now,
      endsAt: addMonths(now, product.billingCycleMonths),
      card: { ...order.card },
      createdAt: now,
    };
  }
}
