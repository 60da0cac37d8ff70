import type { Card } from './card';

/** A card, without its token. */
export class CardView {
  /**
   * The brand of the card.
   * @example "visa"
   */
  brand: string;

  /**
   * The last four digits of the card number.
   * @example "4242"
   */
  lastFour: string;

  /**
   * The last month in which the card is valid, as `YYYY-MM`.
   * @example "2031-12"
   */
  expires: string;
}

export function cardView({ brand, lastFour, expires }: Card): CardView {
  return { brand, lastFour, expires };
}
