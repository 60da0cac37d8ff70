import type { Card } from '../../control-panel/payments/card';
import type { Order } from '../../control-panel/sales/order.entity';
import type { SeededRandom } from '../../lib/seeded-random';

/** The columns of an order that name its shopper. */
export type Shopper = Pick<Order, 'shopperName' | 'shopperEmail' | 'shopperCountry' | 'shopperLanguage'>;

const FIRST_NAMES = ['Ana', 'Ben', 'Carla', 'David', 'Emma', 'Felix', 'Gina', 'Hugo', 'Ines', 'Jonas', 'Kira', 'Liam'];
const LAST_NAMES = ['Adams', 'Bauer', 'Costa', 'Dubois', 'Evans', 'Fischer', 'Garcia', 'Horvat', 'Ito', 'Jansen'];
const HOMES = [
  ['US', 'en'],
  ['GB', 'en'],
  ['RO', 'ro'],
  ['DE', 'de'],
  ['FR', 'fr'],
  ['JP', 'ja'],
  ['ES', null],
] as const;
const BRANDS = ['visa', 'mastercard', 'amex'];

/** The shopper of the contract's examples. */
export const SARA: Shopper = {
  shopperName: 'Sara Shopper',
  shopperEmail: 'sara@shopper.example',
  shopperCountry: 'RO',
  shopperLanguage: null,
};
export const SARAS_CARD: Card = { token: 'tok_visa_4242', brand: 'visa', lastFour: '4242', expires: '2031-12' };

/** Everybody who buys in the demo: some come back. */
const SHOPPERS: readonly Shopper[] = FIRST_NAMES.flatMap((first, index) =>
  LAST_NAMES.map((last, place) => {
    const [shopperCountry, shopperLanguage] = HOMES[(index * 3 + place) % HOMES.length] ?? HOMES[0];
    const shopperEmail = `${first}.${last}@shopper.example`.toLowerCase();
    return { shopperName: `${first} ${last}`, shopperEmail, shopperCountry, shopperLanguage };
  }),
);

export function pickShopper(random: SeededRandom): Shopper {
  return random.pick(SHOPPERS);
}

/** Creates a card that is valid for at least another year. */
export function createCard(random: SeededRandom, at: Date): Card {
  const [brand, lastFour] = [random.pick(BRANDS), random.letters(4, '0123456789')];
  const [year, month] = [at.getUTCFullYear() + 2 + random.integerBelow(4), 1 + random.integerBelow(12)];
  return { token: `tok_${brand}_${lastFour}`, brand, lastFour, expires: `${year}-${String(month).padStart(2, '0')}` };
}
