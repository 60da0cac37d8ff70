import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';

export const MOVEMENTS = ['charge', 'refund'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** Money that moved between a shopper and the merchant: the built-in gateway's books. */
@Entity('ledger_entries')
@Index('ledger_entries_key', ['accountId', 'key'], { unique: true })
export class LedgerEntry {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** What the movement is for; the same key moves money once only. */
  @Column({ name: 'movement_key', type: 'varchar', length: 100 })
  key: string;

  @Column({ name: 'movement', type: 'varchar', length: 16 })
  movement: Movement;

  /** In minor units. */
  @Column({ name: 'amount', type: 'bigint', transformer: minorUnits })
  amount: number;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'card_token', type: 'varchar', length: 128 })
  cardToken: string;

  @Column({ name: 'moved_at', type: 'datetime' })
  movedAt: Date;
}
