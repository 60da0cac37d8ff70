import { Entity, Index } from 'typeorm';
import { User } from '../../access/members/user.entity';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';

/** A link in a mail with which a user chooses a password; it works once, and not for ever. */
@Entity('invitations')
@Index('invitations_by_expiry', ['expiresAt'])
export class Invitation {
  /** SHA-256 of the link's token, in hexadecimal. */
  @TextColumn('hash', { primary: true })
  tokenHash: string;

  @Index('invitations_by_user')
  @ReferenceColumn(() => User)
  userId: string;

  /** Where it was sent: it is void once the user has another e-mail. */
  @TextColumn('email')
  email: string;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  expiresAt: Date;
}
