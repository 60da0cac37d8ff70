import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A failed login with an e-mail that no user has. It stands in for the activity that a known user's failed login leaves, so
 * that both answers take the same writes and so the same time. Kept for a day, for whoever looks into an attack.
 */
@Entity('unknown_logins')
export class UnknownLogin {
  /** A ULID whose time is that of the login. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @Column({ name: 'ip_address', type: 'varchar', length: 45, nullable: true })
  ipAddress: string | null;

  @Column({ name: 'user_agent', type: 'varchar', length: 512, nullable: true })
  userAgent: string | null;

  @Column({ name: 'request_id', type: 'varchar', length: 64, nullable: true })
  requestId: string | null;
}
