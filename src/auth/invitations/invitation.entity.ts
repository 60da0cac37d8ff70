import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** An email with a link that lets a user choose a password. The link works once, until it expires. */
@Entity('invitations')
@Index('invitations_by_expiry', ['expiresAt'])
export class Invitation {
  /** SHA-256 of the link's token, in hexadecimal. */
  @TextColumn('hash', { primary: true })
  tokenHash: string;

  @Index('invitations_by_user')
  @ReferenceColumn(() => User)
  userId: string;

  /** The user's email address when it was sent. The invitation is invalid once the user has another one. */
  @TextColumn('email')
  email: string;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  expiresAt: Date;
}
