import { Entity, Index } from 'typeorm';
import { InstantColumn, ReferenceColumn, RowVersionColumn, TextColumn } from '../../database/columns';
import { AccountRow } from '../accounts/account-row';
import type { Privilege } from '../privileges/privilege';

/** A named set of privileges that is given to users. */
@Entity('roles')
@Index('roles_name', ['accountId', 'name'], { unique: true })
export class Role extends AccountRow {
  @TextColumn('label')
  name: string;

  /** Number of the last change of the name or the privileges, which a request that changes the role must name. */
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
