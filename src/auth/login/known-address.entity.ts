import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../access/members/user.entity';

/** A network that a user has logged in from. Deleted when it was not used for 30 days. */
@Entity('known_login_addresses')
@Index('known_login_addresses_by_time', ['lastLoginAt'])
export class KnownAddress {
  @ForeignKey(() => User, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  /** SHA-256 of the network, as `LoginAttempt` has it. */
  @PrimaryColumn({ name: 'address_key', type: 'varchar', length: 64 })
  addressKey: string;

  /** To the hour: it is not written more often. */
  @Column({ name: 'last_login_at', type: 'datetime' })
  lastLoginAt: Date;
}
