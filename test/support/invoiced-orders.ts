import { ulid } from 'ulid';
import { Product } from '../../src/control-panel/catalog/product.entity';
import { InvoicesService } from '../../src/control-panel/invoices/invoices.service';
import { Order, OrderLine } from '../../src/control-panel/sales/order.entity';
import { UnitOfWork } from '../../src/database/unit-of-work';
import type { Person } from './person';
import type { Service } from './service';

let orders = 1_000_000;

/** Writes an order of two products with its invoice, without the way that orders are placed. */
export async function invoicedOrder(service: Service, person: Person, told: Partial<Order> = {}): Promise<Order> {
  return service.app.get(UnitOfWork).run(async () => {
    const order = await bareOrder(service, person, told);
    await service.app.get(InvoicesService).issue(order);
    return order;
  });
}

/** Writes an order that has no invoice yet, in the open unit of work. */
export async function bareOrder(service: Service, person: Person, told: Partial<Order> = {}): Promise<Order> {
  const accountId = person.user.account.id;
  const { manager } = service.app.get(UnitOfWork);
  const reference = String(++orders);
  const order: Order = {
    id: ulid(),
    accountId,
    reference,
    status: 'finished',
    shopperName: 'Иван Ωμέγα',
    shopperEmail: 'ivan@shopper.example',
    shopperLanguage: null,
    shopperCountry: 'BG',
    currency: 'USD',
    total: 13890,
    refunded: 0,
    comment: null,
    card: { token: 'tok_visa_4242', brand: 'visa', lastFour: '4242', expires: '2031-12' },
    placedAt: new Date(),
    ...told,
  };
  const lines = [
    { productName: 'Nimbus VPN', quantity: 2, unitPrice: 5950, amount: 11900 },
    { productName: 'Облак 漢字', quantity: 1, unitPrice: 1990, amount: 1990 },
  ];
  await manager.insert(Order, order);
  for (const [index, line] of lines.entries()) {
    const product = {
      id: ulid(),
      accountId,
      code: `P${reference}-${index}`,
      name: line.productName,
      price: line.unitPrice,
      currency: order.currency,
      billingCycleMonths: 0,
      nonRefundableFee: 0,
      createdAt: new Date(),
    };
    await manager.insert(Product, product);
    await manager.insert(OrderLine, {
      ...line,
      id: ulid(),
      orderId: order.id,
      position: index + 1,
      productId: product.id,
      productCode: product.code,
      nonRefundableFee: 0,
      subscriptionReference: null,
    });
  }
  return order;
}
