import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { findChanges } from '../../audit/recording/find-changes';
import type { PastAction } from '../../audit/recording/activity-row';
import { Recorder } from '../../audit/recording/recorder';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { AccessBounds } from '../members/access-bounds';
import { RolesRepository, type RoleWithPrivileges } from '../members/roles.repository';
import type { User } from '../members/user.entity';
import { UsersRepository } from '../members/users.repository';
import { PRIVILEGES } from '../privileges/privilege';

/** The result of granting full access. */
export interface FullAccessGrant {
  readonly user: Pick<User, 'id' | 'email' | 'name'>;
  /** Whether anything had to be changed. */
  readonly hasChanged: boolean;
  /** Name of the user's role with every privilege. */
  readonly roleName: string;
}

const ROLE_NAME = 'Full access';

/**
 * Grants a user every privilege. The command line uses it to recover an account in which no user has enough privileges
 * left to change the access of the others.
 */
@Injectable()
export class FullAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bounds: AccessBounds,
    private readonly roles: RolesRepository,
    private readonly users: UsersRepository,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Activates the user and adds a role with every privilege, which is created if the account has none. The records of
   * the changes are written in the same transaction and name the command line as the user.
   * @returns undefined when no user has this email address
   */
  async grant(email: string): Promise<FullAccessGrant | undefined> {
    return this.unitOfWork.run(async () => {
      const accountId = await this.users.findAccountId(email);
      if (accountId === undefined) return undefined;
      await this.bounds.lock(accountId);
      const user = await this.users.findByEmail(accountId, email);
      if (!user) return undefined;
      const roles = await this.roles.list(accountId);
      const held = roles.find((role) => hasEveryPrivilege(role) && user.roleIds.includes(role.id));
      if (held && user.status === 'active') return { user, hasChanged: false, roleName: held.name };
      const role = held ?? roles.find(hasEveryPrivilege) ?? (await this.createRole(accountId, roles));
      const before = { status: user.status, roleIds: user.roleIds };
      const roleIds = held ? user.roleIds : [...user.roleIds, role.id].sort();
      const after = { status: 'active' as const, roleIds };
      const { name, disabledAt, version } = user;
      await this.users.update(user.id, { email, name, status: 'active', disabledAt, version: version + 1 }, roleIds);
      await this.record(accountId, ActivityType.UserUpdated, `${name} <${email}>`, {
        userId: user.id,
        changes: findChanges(before, after),
      });
      return { user, hasChanged: true, roleName: role.name };
    });
  }

  private async createRole(accountId: string, roles: readonly RoleWithPrivileges[]): Promise<RoleWithPrivileges> {
    const createdAt = this.clock.now();
    const name = findFreeName(roles);
    const role = { id: this.ids.next(createdAt), accountId, name, version: 1, createdAt };
    await this.roles.insert(role, PRIVILEGES);
    await this.record(accountId, ActivityType.RoleCreated, name, { roleId: role.id, privileges: PRIVILEGES });
    return { ...role, privileges: [...PRIVILEGES] };
  }

  private async record(
    accountId: string,
    type: PastAction['type'],
    comment: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const actor = { accountId, userId: null, userName: 'Command line', userEmail: null };
    const fields = { comment, details };
    await this.recorder.recordPast([{ actor, occurredAt: this.clock.now(), type, outcome: 'success', fields }]);
  }
}

function hasEveryPrivilege({ privileges }: RoleWithPrivileges): boolean {
  return PRIVILEGES.every((privilege) => privileges.includes(privilege));
}

/** Returns a name that no role has. A role called "Full access" may exist with fewer privileges. */
function findFreeName(roles: readonly RoleWithPrivileges[]): string {
  const taken = new Set(roles.map(({ name }) => name));
  let name = ROLE_NAME;
  for (let number = 2; taken.has(name); number++) name = `${ROLE_NAME} ${number}`;
  return name;
}
