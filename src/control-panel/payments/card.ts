import { TextColumn } from '../../database/columns';

/** A card as a payment provider knows it: never its number. Embedded in what is paid with it. */
export class Card {
  /** The provider's token, which only its own secret key turns into money. */
  @TextColumn('cardToken', { name: 'card_token' })
  token: string;

  @TextColumn('longWord', { name: 'card_brand' })
  brand: string;

  @TextColumn('cardLastFour', { name: 'card_last_four' })
  lastFour: string;

  /** `YYYY-MM`, the last month in which it is good. */
  @TextColumn('cardExpires', { name: 'card_expires' })
  expires: string;
}
