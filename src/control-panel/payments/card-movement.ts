import { AccountRow } from '../../access/accounts/account-row';
import { MoneyColumn, TextColumn } from '../../database/columns';

/** The columns of a movement of money between a card and the merchant, whether booked or pending. */
export abstract class CardMovement extends AccountRow {
  /** The key of the movement, such as `order:1234567`: unique in the account, so that money moves only once. */
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
