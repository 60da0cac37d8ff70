import { TextColumn } from '../../database/columns';

/** A card at a payment provider, without its number. These columns are part of the entities that are paid by card. */
export class Card {
  /** The provider's token for the card. Charging it also requires the provider's secret key. */
  @TextColumn('cardToken', { name: 'card_token' })
  token: string;

  @TextColumn('longWord', { name: 'card_brand' })
  brand: string;

  @TextColumn('cardLastFour', { name: 'card_last_four' })
  lastFour: string;

  /** The last month in which the card is valid: `YYYY-MM`. */
  @TextColumn('cardExpires', { name: 'card_expires' })
  expires: string;
}
