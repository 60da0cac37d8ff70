import { IdColumn, ReferenceColumn } from '../../database/columns';
import { Account } from './account.entity';

/** The columns of a row that belongs to one account. No other account sees it. */
export abstract class AccountRow {
  @IdColumn({ primary: true })
  id: string;

  @ReferenceColumn(() => Account)
  accountId: string;
}
