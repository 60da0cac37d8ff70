import { type Product } from '../../src/control-panel/catalog/product.entity';
import { type Order, type OrderLine } from '../../src/control-panel/sales/order.entity';
import { IdSource } from '../../src/lib/time-ordered-id';
import { CARD } from './payment-methods';

const ids = new IdSource();
let made = 0;

/** A product as its row; a test says what matters to it. Amounts are in minor units. */
export function productRow(told: Partial<Product> & Pick<Product, 'accountId'>): Product {
  const createdAt = told.createdAt ?? new Date();
  return {
    id: ids.next(createdAt),
    code: `PRODUCT-${++made}`,
    name: 'Antivirus',
    price: 3000,
    currency: 'USD',
    billingCycleMonths: 1,
    nonRefundableFee: 0,
    createdAt,
    ...told,
  };
}

/** A finished order as its row. */
export function orderRow(told: Partial<Order> & Pick<Order, 'accountId' | 'reference' | 'total'>): Order {
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
    ...told,
  };
}

/** A line of the order as its row. */
export function orderLineRow(
  order: Order,
  product: Product,
  told: Partial<OrderLine> & Pick<OrderLine, 'position'>,
): OrderLine {
  const { quantity = 1, unitPrice = product.price } = told;
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
    ...told,
  };
}
