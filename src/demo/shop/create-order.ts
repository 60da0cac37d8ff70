import { createNewOrder } from '../../control-panel/orders/new-order';
import { createNewSubscriptions } from '../../control-panel/orders/new-subscriptions';
import type { BasketItem } from '../../control-panel/orders/order-basket';
import type { Card } from '../../control-panel/payments/card';
import type { Invoice } from '../../control-panel/sales/invoice.entity';
import { createKeyedId } from '../../lib/time-ordered-id';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import type { DemoShop, ShopOrder } from './demo-shop';
import type { Shopper } from './demo-shoppers';

/** The items of a demo order, its shopper and its other properties. */
export interface Basket {
  readonly reference: string;
  readonly at: Date;
  readonly items: readonly BasketItem[];
  readonly shopper: Shopper;
  readonly card: Card;
  readonly comment: string | null;
  /** Creates the reference of a subscription that a line starts. */
  readonly createReference: () => string;
  /** Whether the payment was pending and then declined. */
  readonly isDeclinedLater?: boolean;
}

/** Creates an order with its lines. A paid one has an invoice, and a subscription for each recurring product. */
export function createOrder(shop: DemoShop, basket: Basket): ShopOrder {
  const { reference, at, items, shopper, card, comment, createReference, isDeclinedLater = false } = basket;
  const { id: accountId, name: sellerName, timeZone } = DEMO_ACCOUNT;
  const { order, lines } = createNewOrder(
    {
      id: createKeyedId(at, `order ${reference}`),
      accountId,
      reference,
      status: isDeclinedLater ? 'canceled' : 'finished',
      ...shopper,
      currency: items[0]?.product.currency ?? 'USD',
      comment,
      card: { ...card },
      placedAt: at,
    },
    items,
    (position) => createKeyedId(at, `order ${reference} line ${position}`),
  );
  if (isDeclinedLater) return { order, lines, invoice: undefined, subscriptions: [], refunds: [] };
  const { total, currency } = order;
  shop.move('charge', order, { key: `order:${order.id}`, amount: total }, at);
  const number = shop.nextNumber('invoice');
  const invoiceId = createKeyedId(at, `invoice ${number}`);
  const issued = { id: invoiceId, accountId, number, orderId: order.id, sellerName, timeZone, issuedAt: at };
  const invoice: Invoice = { ...issued, total, currency };
  const products = items.map(({ product }) => product);
  const started = createNewSubscriptions(order, lines, products, at, {
    createReference,
    createId: (subscription) => createKeyedId(at, `subscription ${subscription}`),
  });
  return { order, ...started, invoice, refunds: [] };
}
