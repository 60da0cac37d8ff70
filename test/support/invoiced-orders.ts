import { Product } from '../../src/control-panel/catalog/product.entity';
import { InvoicesService } from '../../src/control-panel/invoices/invoices.service';
import { Order, OrderLine } from '../../src/control-panel/sales/order.entity';
import { UnitOfWork } from '../../src/database/unit-of-work';
import type { Person } from './person';
import { orderLineRow, orderRow, productRow } from './sales-rows';
import type { Service } from './service';

let orders = 1_000_000;

/** Inserts an order of two products with its invoice, instead of placing it. */
export async function invoicedOrder(service: Service, person: Person, fields: Partial<Order> = {}): Promise<Order> {
  return service.app.get(UnitOfWork).run(async () => {
    const order = await bareOrder(service, person, fields);
    await service.app.get(InvoicesService).issue(order);
    return order;
  });
}

/** Inserts an order without an invoice, in the open transaction. */
export async function bareOrder(service: Service, person: Person, fields: Partial<Order> = {}): Promise<Order> {
  const accountId = person.user.account.id;
  const { manager } = service.app.get(UnitOfWork);
  const reference = String(++orders);
  const shopper = { shopperName: 'Иван Ωμέγα', shopperEmail: 'ivan@shopper.example', shopperCountry: 'BG' };
  const order = orderRow({ accountId, reference, ...shopper, total: 13890, ...fields });
  const lines = [
    { name: 'Nimbus VPN', price: 5950, quantity: 2 },
    { name: 'Облак 漢字', price: 1990, quantity: 1 },
  ];
  await manager.insert(Order, order);
  for (const [index, { name, price, quantity }] of lines.entries()) {
    const { currency } = order;
    const code = `P${reference}-${index}`;
    const product = productRow({ accountId, code, name, price, currency, billingCycleMonths: 0 });
    await manager.insert(Product, product);
    await manager.insert(OrderLine, orderLineRow(order, product, { position: index + 1, quantity }));
  }
  return order;
}
