import { Entity, Index } from 'typeorm';
import { InstantColumn, LockCountColumn, ReferenceColumn, RowVersionColumn, TextColumn } from '../../database/columns';
import { AccountRow } from '../accounts/account-row';
import { Role } from './role.entity';

export const USER_STATUSES = ['active', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** A person who works in the Control Panel of one account. Users are never deleted, because records refer to them. */
@Entity('users')
@Index('users_by_account', ['accountId', 'id'])
export class User extends AccountRow {
  /** The email address in lower case. It is unique over all accounts, because users log in with it. */
  @Index('users_email', { unique: true })
  @TextColumn('email')
  email: string;

  @TextColumn('name')
  name: string;

  /** Argon2id, with its salt and cost; `NO_PASSWORD` until an invited user has chosen a password. */
  @TextColumn('passwordHash', { select: false })
  passwordHash: string;

  /** When somebody else set the password; null once the user has chosen one. */
  @InstantColumn({ nullable: true })
  passwordIssuedAt: Date | null;

  @TextColumn('word')
  status: UserStatus;

  /**
   * When the user was last disabled. Older sessions, API keys and invitations stay invalid when the user is enabled
   * again.
   */
  @InstantColumn({ nullable: true })
  disabledAt: Date | null;

  /** Number of the last change, which a request that changes the user must name. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @LockCountColumn()
  lockCount?: number;
}

/**
 * Returns the creation time of a new session, API key or invitation of a user: now, but later than the user was last
 * disabled. That time can be in the future, if a clock was set back or the clock of another process is ahead, and
 * something older than it would never work. For the same reason, it is also the time at which a user is disabled again.
 */
export function afterDisabling(now: Date, { disabledAt }: Pick<User, 'disabledAt'>): Date {
  return disabledAt && now <= disabledAt ? new Date(disabledAt.getTime() + 1) : now;
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
