import { IdColumn, ReferenceColumn } from '../../database/columns';
import { Account } from './account.entity';

/** A row with an id of its own that belongs to one account; no other account sees it. */
export abstract class AccountRow {
  @IdColumn({ primary: true })
  id: string;

  @ReferenceColumn(() => Account)
  accountId: string;
}
