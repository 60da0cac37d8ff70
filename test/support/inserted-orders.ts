import { Product } from '../../src/control-panel/catalog/product.entity';
import { Order, OrderLine } from '../../src/control-panel/sales/order.entity';
import type { Person } from './person';
import { orderLineRow, orderRow, productRow } from './sales-rows';
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

let lastReference = 5_000_000;

/** Writes an order of the person's account straight into the database, and answers its reference. */
export async function insertOrder(service: Service, person: Person, told: ToldOrder): Promise<string> {
  const reference = String(++lastReference);
  const { currency = 'USD', status = 'finished' } = told;
  const accountId = person.user.account.id;
  const total = told.lines.reduce((sum, { unitPrice, quantity = 1 }) => sum + unitPrice * quantity, 0);
  const order = orderRow({ accountId, reference, status, currency, total });
  const products = told.lines.map(({ unitPrice, quantity = 1, fee = 0, subscriptionReference }, index) =>
    productRow({
      accountId,
      code: `P-${reference}-${index + 1}`,
      name: `Product ${index + 1}`,
      price: unitPrice,
      currency,
      billingCycleMonths: subscriptionReference === undefined ? 0 : 12,
      nonRefundableFee: Math.floor(fee / quantity),
    }),
  );
  const lines = told.lines.map(({ quantity = 1, fee = 0, subscriptionReference = null }, index) =>
    orderLineRow(order, products[index]!, {
      position: index + 1,
      quantity,
      nonRefundableFee: fee,
      subscriptionReference,
    }),
  );
  const manager = service.writeSource.manager;
  await manager.insert(Product, products);
  await manager.insert(Order, order);
  await manager.insert(OrderLine, lines);
  return reference;
}
