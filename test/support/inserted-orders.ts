import { Product } from '../../src/control-panel/catalog/product.entity';
import { Order, OrderLine } from '../../src/control-panel/sales/order.entity';
import { IdSource } from '../../src/lib/time-ordered-id';
import type { Person } from './person';
import type { Service } from './service';

/** One product of an order, as a test tells it; amounts in minor units. */
export interface ToldLine {
  readonly unitPrice: number;
  readonly quantity?: number;
  /** Of the whole line. */
  readonly fee?: number;
  readonly subscriptionReference?: string;
}

/** An order that is there already; the rest of it is of no matter to the test. */
export interface ToldOrder {
  readonly lines: readonly ToldLine[];
  readonly currency?: string;
  readonly status?: Order['status'];
}

export const CARD_TOKEN = 'tok_visa_test';
let lastReference = 5_000_000;

/** Writes an order of the person's account straight into the database, and answers its reference. */
export async function insertOrder(service: Service, person: Person, told: ToldOrder): Promise<string> {
  const ids = service.app.get(IdSource);
  const now = new Date();
  const reference = String(++lastReference);
  const { currency = 'USD', status = 'finished' } = told;
  const accountId = person.user.account.id;
  const order: Order = {
    id: ids.next(now),
    accountId,
    reference,
    status,
    shopperName: 'Sara Shopper',
    shopperEmail: 'sara@shopper.example',
    shopperLanguage: null,
    shopperCountry: 'RO',
    currency,
    total: told.lines.reduce((sum, { unitPrice, quantity = 1 }) => sum + unitPrice * quantity, 0),
    refunded: 0,
    comment: null,
    card: { token: CARD_TOKEN, brand: 'visa', lastFour: '4242', expires: '2031-12' },
    placedAt: now,
  };
  const products = told.lines.map(({ unitPrice, quantity = 1, fee = 0, subscriptionReference }, index): Product => ({
    id: ids.next(now),
    accountId,
    code: `P-${reference}-${index + 1}`,
    name: `Product ${index + 1}`,
    price: unitPrice,
    currency,
    billingCycleMonths: subscriptionReference === undefined ? 0 : 12,
    nonRefundableFee: Math.floor(fee / quantity),
    createdAt: now,
  }));
  const lines = told.lines.map(({ unitPrice, quantity = 1, fee = 0, subscriptionReference }, index): OrderLine => ({
    id: ids.next(now),
    orderId: order.id,
    position: index + 1,
    productId: products[index]!.id,
    productCode: products[index]!.code,
    productName: products[index]!.name,
    quantity,
    unitPrice,
    amount: unitPrice * quantity,
    nonRefundableFee: fee,
    subscriptionReference: subscriptionReference ?? null,
  }));
  const manager = service.writeSource.manager;
  await manager.insert(Product, products);
  await manager.insert(Order, order);
  await manager.insert(OrderLine, lines);
  return reference;
}
