import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';

/** What an account counts without a gap: its row is locked until the transaction that counted ends. */
export const COUNTERS = ['order', 'invoice'] as const;
export type CounterName = (typeof COUNTERS)[number];

/** The last number that an account gave out. */
@Entity('counters')
export class Counter {
  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @PrimaryColumn({ name: 'name', type: 'varchar', length: 16 })
  name: CounterName;

  @Column({ name: 'value', type: 'int' })
  value: number;
}
