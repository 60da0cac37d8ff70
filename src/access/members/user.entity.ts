import { Entity, Index } from 'typeorm';
import { InstantColumn, LockCountColumn, ReferenceColumn, RowVersionColumn, TextColumn } from '../../database/columns';
import { AccountRow } from '../accounts/account-row';
import { Role } from './role.entity';

export const USER_STATUSES = ['active', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** A person who works in the Control Panel of one account. Never deleted: records name it. */
@Entity('users')
@Index('users_by_account', ['accountId', 'id'])
export class User extends AccountRow {
  /** In lower case; of one user only, over all accounts, because it is what one logs in with. */
  @Index('users_email', { unique: true })
  @TextColumn('email')
  email: string;

  @TextColumn('name')
  name: string;

  /** Argon2id, with its salt and cost. */
  @TextColumn('passwordHash', { select: false })
  passwordHash: string;

  /** When somebody else gave the user this password; null once it is the user's own choice. */
  @InstantColumn({ nullable: true })
  passwordIssuedAt: Date | null;

  @TextColumn('word')
  status: UserStatus;

  /** When the user was last disabled: sessions that were opened before stay refused, also when it is enabled again. */
  @InstantColumn({ nullable: true })
  disabledAt: Date | null;

  /** Counts the changes. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @LockCountColumn()
  lockCount?: number;
}

/** A role that a user has. */
@Entity('user_roles')
export class UserRole {
  @ReferenceColumn(() => User, { primary: true })
  userId: string;

  @Index('user_roles_by_role')
  @ReferenceColumn(() => Role, { primary: true })
  roleId: string;
}
