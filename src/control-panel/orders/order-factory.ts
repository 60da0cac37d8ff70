import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { CountersRepository } from '../sales/counters.repository';
import type { Order } from '../sales/order.entity';
import { createNewOrder, type NewOrder } from './new-order';
import type { BasketItem } from './order-basket';
import type { PlaceOrder } from './orders.dto';

/** Added to the number of an order to form its reference, so that the first reference is 2000001. */
const REFERENCE_OFFSET = 2_000_000;

/** Returns the reference of the order with a number. */
export function orderReferenceOf(number: number): string {
  return String(REFERENCE_OFFSET + number);
}

/** Creates new orders and their lines. Inserting them is up to the caller. */
@Injectable()
export class OrderFactory {
  constructor(
    private readonly counters: CountersRepository,
    private readonly ids: IdSource,
  ) {}

  /** Creates the id of an order that is being placed. */
  createId(now: Date): string {
    return this.ids.next(now);
  }

  /** Creates an order with the status `pending`, with one line for each item. */
  async create(
    { id, accountId }: Pick<Order, 'id' | 'accountId'>,
    { shopper, currency, paymentMethod, comment }: PlaceOrder,
    items: readonly BasketItem[],
    now: Date,
  ): Promise<NewOrder> {
    const fields = {
      id,
      accountId,
      reference: orderReferenceOf(await this.counters.next(accountId, 'order')),
      status: 'pending',
      shopperName: shopper.name,
      shopperEmail: shopper.email,
      shopperLanguage: shopper.language ?? null,
      shopperCountry: shopper.country,
      currency,
      comment: comment ?? null,
      card: { ...paymentMethod },
      placedAt: now,
    } as const;
    return createNewOrder(fields, items, () => this.ids.next(now));
  }
}
