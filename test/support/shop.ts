import { CARD } from './payment-methods';
import type { Person } from './person';

/** What a test's merchant sells; the currency of each is its price's. */
export const PRODUCTS = [
  { code: 'MONTHLY', name: 'Monthly', price: '10', currency: 'USD', billingCycleMonths: 1 },
  { code: 'YEARLY', name: 'Yearly', price: '100', currency: 'USD', billingCycleMonths: 12, upgradeOf: ['MONTHLY'] },
  { code: 'ONCE', name: 'Sold once', price: '19.90', currency: 'USD', billingCycleMonths: 0, nonRefundableFee: '2.40' },
  { code: 'YEN', name: 'In yen', price: '9800', currency: 'JPY', billingCycleMonths: 12 },
];

export const SHOPPER = { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' };

/** The request for a product that is billed each month. */
export function buildProduct(change: object = {}) {
  return { code: 'NEW', name: 'New', price: '1', currency: 'USD', billingCycleMonths: 1, ...change };
}

/** Fills the manager's catalog. */
export async function stockShop(manager: Person): Promise<void> {
  for (const product of PRODUCTS) await manager.post('/v1/products', product).expect(201);
}

/** The request for an order of one piece of each of the products, all of one currency. */
export function buildOrder(...codes: string[]) {
  const currency = PRODUCTS.find(({ code }) => code === codes[0])?.currency ?? 'USD';
  return {
    shopper: { ...SHOPPER },
    products: codes.map((productCode) => ({ productCode, quantity: 1 })),
    currency,
    paymentMethod: CARD,
  };
}
