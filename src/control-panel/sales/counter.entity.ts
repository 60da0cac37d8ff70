import { Entity } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { IntegerColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** The names of the gap-free counters of an account. */
export const COUNTERS = ['order', 'invoice'] as const;
export type CounterName = (typeof COUNTERS)[number];

/** A gap-free counter of an account, with the last number that it issued. */
@Entity('counters')
export class Counter {
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  @TextColumn('word', { primary: true })
  name: CounterName;

  @IntegerColumn()
  value: number;
}
