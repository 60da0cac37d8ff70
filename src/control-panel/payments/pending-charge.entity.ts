import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';
import { minorUnits } from '../../database/minor-units';

/** A charge that the built-in gateway has answered with `pending`, until it settles it. */
@Entity('pending_charges')
@Index('pending_charges_key', ['accountId', 'key'], { unique: true })
export class PendingCharge {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** What the charge is for; the same key is charged once only. */
  @Column({ name: 'movement_key', type: 'varchar', length: 100 })
  key: string;

  /** In minor units. */
  @Column({ name: 'amount', type: 'bigint', transformer: minorUnits })
  amount: number;

  @Column({ name: 'currency', type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'card_token', type: 'varchar', length: 128 })
  cardToken: string;

  /** From when on it is settled. */
  @Column({ name: 'settle_at', type: 'datetime' })
  settleAt: Date;
}
