import type { Product } from '../../control-panel/catalog/product.entity';
import type { Card } from '../../control-panel/payments/card';
import type { Invoice } from '../../control-panel/sales/invoice.entity';
import type { Order, OrderLine } from '../../control-panel/sales/order.entity';
import type { Subscription } from '../../control-panel/subscriptions/subscription.entity';
import { createKeyedId } from '../../lib/time-ordered-id';
import { addMonths } from '../../lib/time/calendar';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import type { DemoShop, ShopOrder } from './demo-shop';
import type { Shopper } from './demo-shoppers';

/** A product and the number of its units in an order. */
export interface Item {
  readonly product: Product;
  readonly quantity: number;
}

/** What somebody orders, and what decides how the order looks. */
export interface Basket {
  readonly reference: string;
  readonly at: Date;
  readonly items: readonly Item[];
  readonly shopper: Shopper;
  readonly card: Card;
  readonly comment: string | null;
  /** Returns the reference of the subscription that a line starts. */
  readonly createReference: () => string;
  /** The payment was pending and then declined. */
  readonly isDeclinedLater?: boolean;
}

/** Creates an order with its lines. A paid one has an invoice, and a subscription for each recurring product. */
export function createOrder(shop: DemoShop, basket: Basket): ShopOrder {
  const { reference, at, items, shopper, card, comment, isDeclinedLater = false } = basket;
  const { id: accountId, name: sellerName, timeZone } = DEMO_ACCOUNT;
  const id = createKeyedId(at, `order ${reference}`);
  const currency = items[0]?.product.currency ?? 'USD';
  const total = items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  const status = isDeclinedLater ? 'canceled' : 'finished';
  const order: Order = {
    id,
    accountId,
    reference,
    status,
    ...shopper,
    currency,
    total,
    refunded: 0,
    comment,
    card: { ...card },
    placedAt: at,
  };
  const lines = items.map((item, index) => createLine(order, item, index + 1, basket));
  if (isDeclinedLater) return { order, lines, invoice: undefined, subscriptions: [], refunds: [] };
  shop.move('charge', order, { key: `order:${reference}`, amount: total }, at);
  const number = shop.nextNumber('invoice');
  const invoiceId = createKeyedId(at, `invoice ${number}`);
  const issued = { id: invoiceId, accountId, number, orderId: id, sellerName, timeZone, issuedAt: at };
  const invoice: Invoice = { ...issued, total, currency };
  const subscriptions = lines.flatMap((line) => createSubscription(order, line, shop) ?? []);
  return { order, lines, invoice, subscriptions, refunds: [] };
}

function createLine(
  { id: orderId, reference }: Order,
  { product, quantity }: Item,
  position: number,
  { at, isDeclinedLater = false, createReference }: Basket,
): OrderLine {
  return {
    id: createKeyedId(at, `order ${reference} line ${position}`),
    orderId,
    position,
    productId: product.id,
    productCode: product.code,
    productName: product.name,
    quantity,
    unitPrice: product.price,
    amount: product.price * quantity,
    nonRefundableFee: product.nonRefundableFee * quantity,
    subscriptionReference: product.billingCycleMonths > 0 && !isDeclinedLater ? createReference() : null,
  };
}

/** Creates the subscription that a line starts; undefined if its product is sold once. */
function createSubscription(order: Order, line: OrderLine, { catalog }: DemoShop): Subscription | undefined {
  const { subscriptionReference: reference, productId, quantity, amount: price } = line;
  if (reference === null) return undefined;
  const { accountId, reference: orderReference, shopperName, shopperEmail, currency, placedAt } = order;
  const { billingCycleMonths } = catalog.getById(productId);
  return {
    id: createKeyedId(placedAt, `subscription ${reference}`),
    accountId,
    reference,
    orderReference,
    productId,
    quantity,
    shopperName,
    shopperEmail,
    status: 'active',
    expiryReason: null,
    renewal: 'automatic',
    price,
    currency,
    billingCycleMonths,
    renewalPrice: null,
    renewalCycles: null,
    cycleStartedAt: placedAt,
    endsAt: addMonths(placedAt, billingCycleMonths),
    card: { ...order.card },
    createdAt: placedAt,
  };
}
