import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** A network from which a user has logged in. Deleted 30 days after the last login. */
@Entity('known_login_addresses')
@Index('known_login_addresses_by_time', ['lastLoginAt'])
export class KnownAddress {
  @ReferenceColumn(() => User, { primary: true })
  userId: string;

  /** SHA-256 of the network, like `LoginAttempt.addressKey`. */
  @TextColumn('hash', { primary: true })
  addressKey: string;

  /** Time of the last login, updated at most once an hour. */
  @InstantColumn()
  lastLoginAt: Date;
}
