import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { CountersRepository } from '../sales/counters.repository';
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

  /** Creates an order with the status `pending`, with one line for each item. */
  async create(
    accountId: string,
    { shopper, currency, paymentMethod, comment }: PlaceOrder,
    items: readonly BasketItem[],
    now: Date,
  ): Promise<NewOrder> {
    const fields = {
      id: this.ids.next(now),
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
