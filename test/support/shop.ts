import type { Person } from './person';

/** What a test's merchant sells; the currency of each is its price's. */
export const PRODUCTS = [
  { code: 'MONTHLY', name: 'Monthly', price: '10', currency: 'USD', billingCycleMonths: 1 },
  { code: 'YEARLY', name: 'Yearly', price: '100', currency: 'USD', billingCycleMonths: 12, upgradeOf: ['MONTHLY'] },
  { code: 'ONCE', name: 'Sold once', price: '19.90', currency: 'USD', billingCycleMonths: 0, nonRefundableFee: '2.40' },
  { code: 'YEN', name: 'In yen', price: '9800', currency: 'JPY', billingCycleMonths: 12 },
];

/** A card that the built-in gateway takes. */
export const CARD = { token: 'tok_visa_good', brand: 'visa', lastFour: '4242', expires: '2031-12' };

/** Fills the manager's catalog. */
export async function stockShop(manager: Person): Promise<void> {
  for (const product of PRODUCTS) await manager.post('/v1/products', product).expect(201);
}

/** An order of one piece of each of the products, all of one currency. */
export function orderOf(...codes: string[]) {
  const currency = PRODUCTS.find(({ code }) => code === codes[0])?.currency ?? 'USD';
  return {
    shopper: { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' },
    products: codes.map((productCode) => ({ productCode, quantity: 1 })),
    currency,
    paymentMethod: CARD,
  };
}
