import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { IdColumn, InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** A login that has not ended yet. Its token is with the client alone; here is only what recognises it. */
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

  /** What its user knows it by. */
  @Index('sessions_id', { unique: true })
  @IdColumn()
  id: string;

  /** Where it was opened. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;

  /** What it was opened with. */
  @TextColumn('userAgent', { nullable: true })
  userAgent: string | null;
}
