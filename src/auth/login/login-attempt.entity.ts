import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../database/columns';

/** An attempt to log in or to change a password that has not succeeded. Deleted once it no longer counts. */
@Entity('login_attempts')
@Index('login_attempts_by_pair', ['pairKey', 'id'])
@Index('login_attempts_by_address', ['addressKey', 'id'])
@Index('login_attempts_by_email', ['emailKey', 'id'])
export class LoginAttempt {
  /** A ULID whose time is that of the attempt. */
  @IdColumn({ primary: true })
  id: string;

  /** SHA-256 of the email address and the client's network; null once a login with this pair has succeeded. */
  @TextColumn('hash', { nullable: true })
  pairKey: string | null;

  /** SHA-256 of the client's network. */
  @TextColumn('hash')
  addressKey: string;

  /** SHA-256 of the email address in the request, whether a user has it or not. */
  @TextColumn('hash')
  emailKey: string;

  /** When the password turned out to be wrong; null while it is being verified. */
  @InstantColumn({ nullable: true })
  failedAt: Date | null;
}
