import { CARD } from './payment-methods';
import type { Person } from './person';

/** The products of a test's merchant. */
export const PRODUCTS = [
  { code: 'MONTHLY', name: 'Monthly', price: '10', currency: 'USD', billingCycleMonths: 1 },
  { code: 'YEARLY', name: 'Yearly', price: '100', currency: 'USD', billingCycleMonths: 12, upgradeOf: ['MONTHLY'] },
  { code: 'ONCE', name: 'Sold once', price: '19.90', currency: 'USD', billingCycleMonths: 0, nonRefundableFee: '2.40' },
  { code: 'YEN', name: 'In yen', price: '9800', currency: 'JPY', billingCycleMonths: 12 },
];

export const SHOPPER = { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' };

/** Returns a request that creates a product with a billing cycle of one month. */
export function buildProduct(change: object = {}) {
  return { code: 'NEW', name: 'New', price: '1', currency: 'USD', billingCycleMonths: 1, ...change };
}

/** Adds the products to the catalog of the manager's account. */
export async function stockShop(manager: Person): Promise<void> {
  for (const product of PRODUCTS) await manager.post('/v1/products', product).expect(201);
}

/** Returns a request for an order of one unit of each product. All must have the same currency. */
export function buildOrder(...codes: string[]) {
  const currency = PRODUCTS.find(({ code }) => code === codes[0])?.currency ?? 'USD';
  return {
    shopper: { ...SHOPPER },
    products: codes.map((productCode) => ({ productCode, quantity: 1 })),
    currency,
    paymentMethod: CARD,
  };
}
