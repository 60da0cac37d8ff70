import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';
import type { Privilege } from '../privileges/privilege';

/** A named set of privileges. */
@Entity('roles')
@Index('roles_name', ['accountId', 'name'], { unique: true })
export class Role {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' })
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @Column({ name: 'name', type: 'varchar', length: 100 })
  name: string;

  /** Counts the changes, of the privileges too. */
  @Column({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;
}

/** A privilege that a role grants. */
@Entity('role_privileges')
export class RolePrivilege {
  @ForeignKey(() => Role, { onDelete: 'CASCADE', onUpdate: 'RESTRICT' })
  @PrimaryColumn({ name: 'role_id', type: 'varchar', length: 26 })
  roleId: string;

  @PrimaryColumn({ name: 'privilege', type: 'varchar', length: 64 })
  privilege: Privilege;
}
