import type { Card } from './card';

/** A card as it is shown: without its token. */
export class CardView {
  /**
   * Brand of the card.
   * @example "visa"
   */
  brand: string;

  /**
   * The last four digits of its number.
   * @example "4242"
   */
  lastFour: string;

  /**
   * The last month in which it is good, `YYYY-MM`.
   * @example "2031-12"
   */
  expires: string;
}

export function cardView({ brand, lastFour, expires }: Card): CardView {
  return { brand, lastFour, expires };
}
