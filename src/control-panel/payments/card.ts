import { Column } from 'typeorm';

/** A card as a payment provider knows it: never its number. Embedded in what is paid with it. */
export class Card {
  /** The provider's token, which only its own secret key turns into money. */
  @Column({ name: 'card_token', type: 'varchar', length: 128 })
  token: string;

  @Column({ name: 'card_brand', type: 'varchar', length: 32 })
  brand: string;

  @Column({ name: 'card_last_four', type: 'varchar', length: 4 })
  lastFour: string;

  /** `YYYY-MM`, the last month in which it is good. */
  @Column({ name: 'card_expires', type: 'varchar', length: 7 })
  expires: string;
}
