import { Entity, Index } from 'typeorm';
import { InstantColumn, ReferenceColumn, RowVersionColumn, TextColumn } from '../../database/columns';
import { AccountRow } from '../accounts/account-row';
import type { Privilege } from '../privileges/privilege';

/** A named set of privileges. */
@Entity('roles')
@Index('roles_name', ['accountId', 'name'], { unique: true })
export class Role extends AccountRow {
  @TextColumn('label')
  name: string;

  /** Counts the changes, of the privileges too. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;
}

/** A privilege that a role grants. */
@Entity('role_privileges')
export class RolePrivilege {
  @ReferenceColumn(() => Role, { primary: true, onDelete: 'CASCADE' })
  roleId: string;

  @TextColumn('code', { primary: true })
  privilege: Privilege;
}
