import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { CountersRepository } from '../sales/counters.repository';
import type { Order, OrderLine } from '../sales/order.entity';
import type { BasketItem } from './order-basket';
import type { PlaceOrder } from './orders.dto';

/** Added to the number of an order to form its reference, so that the first reference is 2000001. */
const REFERENCE_OFFSET = 2_000_000;

/** A new order with its lines, before it is inserted. */
export interface NewOrder {
  readonly order: Order;
  readonly lines: OrderLine[];
}

/** Creates new orders and their lines. Inserting them is up to the caller. */
@Injectable()
export class OrderFactory {
  constructor(
    private readonly counters: CountersRepository,
    private readonly ids: IdSource,
  ) {}

  /** Creates an order with the status `pending`, with one line for each item. */
  async create(accountId: string, request: PlaceOrder, items: readonly BasketItem[], now: Date): Promise<NewOrder> {
    const reference = String(REFERENCE_OFFSET + (await this.counters.next(accountId, 'order')));
    const order = this.createOrder(accountId, reference, request, items, now);
    return { order, lines: items.map((item, index) => this.createLine(order, item, index + 1, now)) };
  }

  private createOrder(
    accountId: string,
    reference: string,
    { shopper, currency, paymentMethod, comment }: PlaceOrder,
    items: readonly BasketItem[],
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
      total: items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
      refunded: 0,
      comment: comment ?? null,
      card: { ...paymentMethod },
      placedAt: now,
    };
  }

  private createLine(order: Order, { product, quantity }: BasketItem, position: number, now: Date): OrderLine {
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
