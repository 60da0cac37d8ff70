import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An attempt to log in or to change a password that has not succeeded. Deleted once it no longer counts. */
@Entity('login_attempts')
@Index('login_attempts_by_pair', ['pairKey', 'id'])
@Index('login_attempts_by_address', ['addressKey', 'id'])
@Index('login_attempts_by_email', ['emailKey', 'id'])
export class LoginAttempt {
  /** A ULID whose time is that of the attempt. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  /** SHA-256 of the e-mail and the client's network; null once a login with this pair has succeeded. */
  @Column({ name: 'pair_key', type: 'varchar', length: 64, nullable: true })
  pairKey: string | null;

  /** SHA-256 of the client's network. */
  @Column({ name: 'address_key', type: 'varchar', length: 64 })
  addressKey: string;

  /** SHA-256 of the e-mail that was given, whether a user has it or not. */
  @Column({ name: 'email_key', type: 'varchar', length: 64 })
  emailKey: string;

  /** When the password was found to be wrong; null while it is being checked. */
  @Column({ name: 'failed_at', type: 'datetime', nullable: true })
  failedAt: Date | null;
}
