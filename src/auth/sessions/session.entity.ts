import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { IdColumn, InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** A login of a user that has not ended. Only the client knows the token; the service stores its hash. */
@Entity('sessions')
@Index('sessions_by_user', ['userId', 'expiresAt'])
@Index('sessions_by_expiry', ['expiresAt'])
export class Session {
  /** SHA-256 of the token, in hexadecimal. */
  @TextColumn('hash', { primary: true })
  tokenHash: string;

  @ReferenceColumn(() => User)
  userId: string;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  expiresAt: Date;

  /** Id by which the user names the session. The primary key is the hash of the token. */
  @Index('sessions_id', { unique: true })
  @IdColumn()
  id: string;

  /** Address from which the user logged in. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;

  /** User agent with which the user logged in. */
  @TextColumn('userAgent', { nullable: true })
  userAgent: string | null;
}
