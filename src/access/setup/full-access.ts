import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { changes } from '../../audit/recording/changes';
import { Recorder, type PastAction } from '../../audit/recording/recorder';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { AccessBounds } from '../members/access-bounds';
import { RolesRepository, type RoleWithPrivileges } from '../members/roles.repository';
import type { User } from '../members/user.entity';
import { UsersRepository } from '../members/users.repository';
import { PRIVILEGES } from '../privileges/privilege';

/** What became of a user who was to have full access. */
export interface FullAccessGrant {
  readonly user: Pick<User, 'id' | 'email' | 'name'>;
  /** Whether the user lacked anything. */
  readonly hasChanged: boolean;
  /** Name of the role of every privilege that the user has now. */
  readonly roleName: string;
}

const ROLE_NAME = 'Full access';

/**
 * Gives a user of any account every privilege. No request can do that: it is the way out of an account in which nobody holds
 * enough to change the access of the others.
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
   * Activates the user and adds a role of every privilege, which is created if the account has none. What is changed is recorded
   * as done by the command line, in the same transaction.
   * @returns undefined if there is no user with this e-mail
   */
  async grant(email: string): Promise<FullAccessGrant | undefined> {
    return this.unitOfWork.run(async () => {
      const accountId = await this.users.findAccountId(email);
      if (accountId === undefined) return undefined;
      await this.bounds.lock(accountId);
      const user = await this.users.findByEmail(accountId, email);
      if (!user) return undefined;
      const roles = await this.roles.list(accountId);
      const held = roles.find((role) => isFull(role) && user.roleIds.includes(role.id));
      if (held && user.status === 'active') return { user, hasChanged: false, roleName: held.name };
      const role = held ?? roles.find(isFull) ?? (await this.createRole(accountId, roles));
      const before = { status: user.status, roleIds: user.roleIds };
      const roleIds = held ? user.roleIds : [...user.roleIds, role.id].sort();
      const after = { status: 'active' as const, roleIds };
      const { name, disabledAt, version } = user;
      await this.users.update(user.id, { email, name, status: 'active', disabledAt, version: version + 1 }, roleIds);
      await this.record(accountId, ActivityType.UserUpdated, `${name} <${email}>`, {
        userId: user.id,
        changes: changes(before, after),
      });
      return { user, hasChanged: true, roleName: role.name };
    });
  }

  private async createRole(accountId: string, roles: readonly RoleWithPrivileges[]): Promise<RoleWithPrivileges> {
    const createdAt = this.clock.now();
    const name = freeName(roles);
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
    const actor = { accountId, userId: null, userName: 'Command line' };
    const fields = { comment, details };
    await this.recorder.recordPast([{ actor, occurredAt: this.clock.now(), type, outcome: 'success', fields }]);
  }
}

function isFull({ privileges }: RoleWithPrivileges): boolean {
  return PRIVILEGES.every((privilege) => privileges.includes(privilege));
}

/** A name that no role has: somebody may have made a role of this name that allows less. */
function freeName(roles: readonly RoleWithPrivileges[]): string {
  const taken = new Set(roles.map(({ name }) => name));
  let name = ROLE_NAME;
  for (let number = 2; taken.has(name); number++) name = `${ROLE_NAME} ${number}`;
  return name;
}
