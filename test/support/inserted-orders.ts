import { Product } from '../../src/control-panel/catalog/product.entity';
import { Order, OrderLine } from '../../src/control-panel/sales/order.entity';
import type { Person } from './person';
import { orderLineRow, orderRow, productRow } from './sales-rows';
import type { Service } from './service';

/** One line of an order to insert. Amounts are in minor units. */
export interface LineFields {
  readonly unitPrice: number;
  readonly quantity?: number;
  /** Price of the whole line. */
  readonly fee?: number;
  readonly subscriptionReference?: string;
}

/** The fields of an order to insert that matter to a test. */
export interface OrderFields {
  readonly lines: readonly LineFields[];
  readonly currency?: string;
  readonly status?: Order['status'];
}

let lastReference = 5_000_000;

/** Inserts an order of the person's account into the database, and returns its reference. */
export async function insertOrder(service: Service, person: Person, fields: OrderFields): Promise<string> {
  const reference = String(++lastReference);
  const { currency = 'USD', status = 'finished' } = fields;
  const accountId = person.user.account.id;
  const total = fields.lines.reduce((sum, { unitPrice, quantity = 1 }) => sum + unitPrice * quantity, 0);
  const order = orderRow({ accountId, reference, status, currency, total });
  const products = fields.lines.map(({ unitPrice, quantity = 1, fee = 0, subscriptionReference }, index) =>
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
  const lines = fields.lines.map(({ quantity = 1, fee = 0, subscriptionReference = null }, index) =>
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
