import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import type { Product } from '../catalog/product.entity';
import type { Order, OrderLine } from '../sales/order.entity';
import { createSubscriptionReference } from '../subscriptions/subscription-reference';
import { createNewSubscriptions, type NewSubscriptions } from './new-subscriptions';

/** Creates the subscriptions of a paid order. Inserting them is up to the caller. */
@Injectable()
export class SubscriptionFactory {
  constructor(private readonly ids: IdSource) {}

  /**
   * Creates one subscription for each line whose product has a billing cycle.
   * @param products the products of all lines
   */
  create(order: Order, lines: readonly OrderLine[], products: readonly Product[], now: Date): NewSubscriptions {
    return createNewSubscriptions(order, lines, products, now, {
      createReference: createSubscriptionReference,
      createId: () => this.ids.next(now),
    });
  }
}
