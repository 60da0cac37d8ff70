import { AccountRow } from '../../access/accounts/account-row';
import { MoneyColumn, TextColumn } from '../../database/columns';

/** The columns of a movement of money between a card and the merchant, whether booked or pending. */
export abstract class CardMovement extends AccountRow {
  /**
   * The key of the movement, such as `order:01KAM9W3M8Q6XK2T1N9B7C5D4E`. It is unique in the account, so that money moves
   * only once.
   */
  @TextColumn('movementKey', { name: 'movement_key' })
  key: string;

  /** In minor units. */
  @MoneyColumn()
  amount: number;

  @TextColumn('currency')
  currency: string;

  @TextColumn('cardToken')
  cardToken: string;
}
