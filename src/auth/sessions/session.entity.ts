import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../access/members/user.entity';

/** A login that has not ended yet. Its token is with the client alone; here is only what recognises it. */
@Entity('sessions')
@Index('sessions_by_user', ['userId', 'expiresAt'])
@Index('sessions_by_expiry', ['expiresAt'])
export class Session {
  /** SHA-256 of the token, in hexadecimal. */
  @PrimaryColumn({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @ForeignKey(() => User, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime' })
  expiresAt: Date;

  /** What its user knows it by. */
  @Index('sessions_id', { unique: true })
  @Column({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  /** Where it was opened. */
  @Column({ name: 'ip_address', type: 'varchar', length: 45, nullable: true })
  ipAddress: string | null;

  /** What it was opened with. */
  @Column({ name: 'user_agent', type: 'varchar', length: 512, nullable: true })
  userAgent: string | null;
}
