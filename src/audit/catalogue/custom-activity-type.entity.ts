import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CustomActivityCode } from './activity-code';

/** An activity type that an account registered in addition to the built-in ones. */
@Entity('custom_activity_types')
export class CustomActivityType {
  @ForeignKey('Account', { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** Begins with `custom.`. */
  @PrimaryColumn({ name: 'code', type: 'varchar', length: 64 })
  code: CustomActivityCode;

  @Column({ name: 'label', type: 'varchar', length: 100 })
  label: string;

  @Column({ name: 'group_name', type: 'varchar', length: 100 })
  group: string;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}
