import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { CountersRepository } from '../sales/counters.repository';
import type { Order, OrderLine } from '../sales/order.entity';
import type { BasketItem } from './order-basket';
import type { PlaceOrder } from './orders.dto';

/** The first order of an account has this reference and one. */
const FIRST_REFERENCE_OFFSET = 2_000_000;

/** An order that is about to be placed, with one line for each product. */
export interface NewOrder {
  readonly order: Order;
  readonly lines: OrderLine[];
}

/** Makes the rows of an order that is not paid yet. */
@Injectable()
export class OrderFactory {
  constructor(
    private readonly counters: CountersRepository,
    private readonly ids: IdSource,
  ) {}

  async make(accountId: string, request: PlaceOrder, basket: readonly BasketItem[], now: Date): Promise<NewOrder> {
    const reference = String(FIRST_REFERENCE_OFFSET + (await this.counters.next(accountId, 'order')));
    const order = this.order(accountId, reference, request, basket, now);
    return { order, lines: basket.map((item, index) => this.line(order, item, index + 1, now)) };
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
      subscriptionReference: null,
    };
  }
}
