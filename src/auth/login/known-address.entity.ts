import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** A network that a user has logged in from. Deleted when it was not used for 30 days. */
@Entity('known_login_addresses')
@Index('known_login_addresses_by_time', ['lastLoginAt'])
export class KnownAddress {
  @ReferenceColumn(() => User, { primary: true })
  userId: string;

  /** SHA-256 of the network, as `LoginAttempt` has it. */
  @TextColumn('hash', { primary: true })
  addressKey: string;

  /** To the hour: it is not written more often. */
  @InstantColumn()
  lastLoginAt: Date;
}
