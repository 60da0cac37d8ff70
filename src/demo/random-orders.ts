import type { SeededRandom } from './seeded-random';

/** An order in the demo's activity history. */
export interface DemoOrder {
  readonly orderReference: string;
  readonly subscriptionReference: string;
  /** Amount in minor units. */
  readonly amount: number;
  readonly currency: string;
}

const PRICES = [
  { amount: 1990, currency: 'USD' },
  { amount: 5000, currency: 'USD' },
  { amount: 11900, currency: 'EUR' },
  { amount: 24999, currency: 'EUR' },
  { amount: 7995, currency: 'GBP' },
  { amount: 9800, currency: 'JPY' },
];

/** Generates random orders, and picks among those generated so far. */
export class RandomOrders {
  private readonly orders: DemoOrder[] = [];
  private nextReference = 2_400_000;

  constructor(private readonly random: SeededRandom) {}

  place(): DemoOrder {
    this.nextReference += 1 + this.random.integerBelow(40);
    const subscriptionReference = this.random.letters(4, 'ABCDEFGHJKMNPQRSTVWXYZ') + this.random.letters(6);
    const order = { orderReference: String(this.nextReference), subscriptionReference, ...this.random.pick(PRICES) };
    this.orders.push(order);
    return order;
  }

  /** Returns one of the orders so far. */
  pick(): DemoOrder {
    return this.orders.length > 0 ? this.random.pick(this.orders) : this.place();
  }
}
