import { AccountRow } from '../../access/accounts/account-row';
import { MoneyColumn, TextColumn } from '../../database/columns';

/** Money that moves between a card and the merchant, now or later. */
export abstract class CardMovement extends AccountRow {
  /** What the movement is for; the same key moves money once only. */
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
