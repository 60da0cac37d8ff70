import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../access/members/user.entity';

/** A link in a mail with which a user chooses a password; it works once, and not for ever. */
@Entity('invitations')
@Index('invitations_by_expiry', ['expiresAt'])
export class Invitation {
  /** SHA-256 of the link's token, in hexadecimal. */
  @PrimaryColumn({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Index('invitations_by_user')
  @ForeignKey(() => User, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  /** Where it was sent: it is void once the user has another e-mail. */
  @Column({ name: 'email', type: 'varchar', length: 254 })
  email: string;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime' })
  expiresAt: Date;
}
