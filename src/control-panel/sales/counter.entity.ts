import { Entity } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { IntegerColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** What an account counts without a gap: its row is locked until the transaction that counted ends. */
export const COUNTERS = ['order', 'invoice'] as const;
export type CounterName = (typeof COUNTERS)[number];

/** The last number that an account gave out. */
@Entity('counters')
export class Counter {
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  @TextColumn('word', { primary: true })
  name: CounterName;

  @IntegerColumn()
  value: number;
}
