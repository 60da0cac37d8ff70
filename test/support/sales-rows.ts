import { type Product } from '../../src/control-panel/catalog/product.entity';
import { type Order, type OrderLine } from '../../src/control-panel/sales/order.entity';
import { IdSource } from '../../src/lib/time-ordered-id';
import { CARD } from './payment-methods';

const ids = new IdSource();
let sequence = 0;

/** Returns the row of a product, with the fields that a test sets. Amounts are in minor units. */
export function productRow(fields: Partial<Product> & Pick<Product, 'accountId'>): Product {
  const createdAt = fields.createdAt ?? new Date();
  return {
    id: ids.next(createdAt),
    code: `PRODUCT-${++sequence}`,
    name: 'Antivirus',
    price: 3000,
    currency: 'USD',
    billingCycleMonths: 1,
    nonRefundableFee: 0,
    createdAt,
    ...fields,
  };
}

/** Returns the row of a finished order. */
export function orderRow(fields: Partial<Order> & Pick<Order, 'accountId' | 'reference' | 'total'>): Order {
  const placedAt = new Date();
  return {
    id: ids.next(placedAt),
    status: 'finished',
    shopperName: 'Sara Shopper',
    shopperEmail: 'sara@shopper.example',
    shopperLanguage: null,
    shopperCountry: 'RO',
    currency: 'USD',
    refunded: 0,
    comment: null,
    card: { ...CARD },
    placedAt,
    ...fields,
  };
}

/** Returns the row of a line of the order. */
export function orderLineRow(
  order: Order,
  product: Product,
  fields: Partial<OrderLine> & Pick<OrderLine, 'position'>,
): OrderLine {
  const { quantity = 1, unitPrice = product.price } = fields;
  return {
    id: ids.next(order.placedAt),
    orderId: order.id,
    productId: product.id,
    productCode: product.code,
    productName: product.name,
    quantity,
    unitPrice,
    amount: unitPrice * quantity,
    nonRefundableFee: 0,
    subscriptionReference: null,
    ...fields,
  };
}
