import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { Role } from './role.entity';

export const USER_STATUSES = ['active', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** A person who works in the Control Panel of one account. Never deleted: records name it. */
@Entity('users')
@Index('users_by_account', ['accountId', 'id'])
export class User {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** In lower case; of one user only, over all accounts, because it is what one logs in with. */
  @Index('users_email', { unique: true })
  @Column({ name: 'email', type: 'varchar', length: 254 })
  email: string;

  @Column({ name: 'name', type: 'varchar', length: 200 })
  name: string;

  /** Argon2id, with its salt and cost. */
  @Column({ name: 'password_hash', type: 'varchar', length: 200, select: false })
  passwordHash: string;

  /** When somebody else gave the user this password; null once it is the user's own choice. */
  @Column({ name: 'password_issued_at', type: 'datetime', nullable: true })
  passwordIssuedAt: Date | null;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status: UserStatus;

  /** When the user was last disabled: sessions that were opened before stay refused, also when it is enabled again. */
  @Column({ name: 'disabled_at', type: 'datetime', nullable: true })
  disabledAt: Date | null;

  /** Counts the changes. */
  @Column({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @Column({ name: 'lock_count', type: 'int', default: 0, select: false })
  lockCount?: number;
}

/** A role that a user has. */
@Entity('user_roles')
export class UserRole {
  @ForeignKey(() => User, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @ForeignKey(() => Role, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Index('user_roles_by_role')
  @PrimaryColumn({ name: 'role_id', type: 'varchar', length: 26 })
  roleId: string;
}
