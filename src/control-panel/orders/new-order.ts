import type { Order, OrderLine } from '../sales/order.entity';
import type { BasketItem } from './order-basket';

/** A new order with its lines, before it is inserted. */
export interface NewOrder {
  readonly order: Order;
  readonly lines: OrderLine[];
}

/**
 * Creates an order with one line for each item. The lines start no subscriptions yet.
 * @param fields the columns of the order that do not depend on its items
 * @param createLineId returns the id of the line at a position
 */
export function createNewOrder(
  fields: Omit<Order, 'total' | 'refunded'>,
  items: readonly BasketItem[],
  createLineId: (position: number) => string,
): NewOrder {
  const lines = items.map(({ product, quantity }, index): OrderLine => {
    const position = index + 1;
    return {
      id: createLineId(position),
      orderId: fields.id,
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
  });
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return { order: { ...fields, total, refunded: 0 }, lines };
}
