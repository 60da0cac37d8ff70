import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { findChanges } from '../../audit/recording/find-changes';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import { Problem } from '../../http/problems/problem';
import { inBody, inPath } from '../../http/problems/request-field';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { AccessBounds } from '../members/access-bounds';
import { NO_PASSWORD, Passwords } from '../members/password';
import { RolesRepository, type RoleWithPrivileges } from '../members/roles.repository';
import { afterDisabling } from '../members/user.entity';
import { UsersRepository, type UserWithRoles } from '../members/users.repository';
import { Privilege } from '../privileges/privilege';
import { Invitations } from './invitations';
import { queuedInvitationView, userView, type QueuedInvitation, type UserPage, type UserView } from './user.view';
import type { CreateUser, UpdateUser } from './users.dto';

/** Lists, creates, updates and invites the users of the account. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly roles: RolesRepository,
    private readonly passwords: Passwords,
    private readonly invitations: Invitations,
    private readonly bounds: AccessBounds,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  list(query: PageQuery): Promise<UserPage> {
    const { accountId, timeZone } = this.context.actor;
    const read = (after: string | undefined, take: number) => this.users.list(accountId, after, take);
    return pageById(query, ['users', accountId], read, (user) => userView(user, timeZone));
  }

  async get(id: string): Promise<UserView> {
    return userView(await this.load(id), this.context.actor.timeZone);
  }

  /** Hashes the password before the transaction starts, because that takes tens of milliseconds. */
  async create({ email, name, password, roleIds }: CreateUser): Promise<UserView> {
    const sorted = [...roleIds].sort();
    const isInvited = password == null;
    const comment = `${name} <${email}>`;
    const details = { email, roleIds: sorted, ...(isInvited && { invited: true }) };
    this.activity.describe(ActivityType.UserCreated, { comment, details });
    const passwordHash = password == null ? NO_PASSWORD : await this.passwords.hash(password);
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      this.assertCanGive(await this.loadRoles(roleIds));
      const now = this.clock.now();
      const { accountId } = this.context.actor;
      const identity = {
        id: this.ids.next(now),
        accountId,
        email,
        name,
        status: 'active' as const,
        passwordIssuedAt: isInvited ? null : now,
        disabledAt: null,
        version: 1,
        createdAt: now,
      };
      await this.users.insert({ ...identity, passwordHash }, sorted);
      if (isInvited) await this.invitations.invite(identity);
      this.activity.describe(ActivityType.UserCreated, { comment, details: { userId: identity.id, ...details } });
      return userView({ ...identity, roleIds: sorted }, this.context.actor.timeZone);
    });
  }

  update(id: string, request: UpdateUser): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      const givable = await this.bounds.findGivable();
      const user = await this.load(id);
      const before = { email: user.email, name: user.name, status: user.status, roleIds: user.roleIds };
      const after = {
        email: request.email ?? before.email,
        name: request.name ?? before.name,
        status: request.status ?? before.status,
        roleIds: [...(request.roleIds ?? before.roleIds)].sort(),
      };
      const changed = findChanges(before, after);
      const isDisabling = before.status === 'active' && after.status === 'disabled';
      this.activity.describe(isDisabling ? ActivityType.UserDisabled : ActivityType.UserUpdated, {
        comment: `${user.name} <${user.email}>`,
        details: { userId: id, changes: changed },
      });
      const nextVersion = assertUnchanged('user', user.version, request.version);
      const roles = await this.loadRoles(request.roleIds ?? before.roleIds);
      this.assertCanGive(roles.filter((role) => !before.roleIds.includes(role.id)));
      await this.assertCanChange(user, Object.keys(changed));
      if (Object.keys(changed).length === 0) return userView(user, this.context.actor.timeZone);
      // A login that holds the lock opens its session before this time, so that the session ends for good.
      if (isDisabling) await this.users.lock(id);
      const disabledAt = isDisabling ? afterDisabling(this.clock.now(), user) : user.disabledAt;
      const { roleIds, ...identity } = { ...after, disabledAt, version: nextVersion };
      await this.users.update(id, identity, roleIds);
      await this.bounds.assertNothingLost(givable);
      return userView({ ...user, ...identity, roleIds }, this.context.actor.timeZone);
    });
  }

  invite(id: string): Promise<QueuedInvitation> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      const user = await this.load(id);
      const comment = `${user.name} <${user.email}>`;
      this.activity.describe(ActivityType.UserInvited, { comment, details: { userId: id } });
      // The recipient of the link can log in as the user, with all of the user's privileges.
      this.assertCanGive(await this.loadRoles(user.roleIds), inPath('id'));
      if (user.status === 'disabled') throw userDisabled();
      const invited = await this.invitations.invite(user);
      this.activity.describe(ActivityType.UserInvited, { comment, details: { userId: id, mailId: invited.mailId } });
      return queuedInvitationView(invited, this.context.actor.timeZone);
    });
  }

  private load(id: string): Promise<UserWithRoles> {
    return this.users.get(this.context.actor.accountId, id);
  }

  private loadRoles(ids: readonly string[]): Promise<RoleWithPrivileges[]> {
    return this.roles.getAll(this.context.actor.accountId, ids);
  }

  /**
   * Refuses a change of the status, the roles or the email address unless the actor has all privileges of the user. The
   * email address is one of them, because the recipient of an invitation can log in as the user.
   */
  private async assertCanChange({ roleIds }: UserWithRoles, changed: readonly string[]): Promise<void> {
    const field = ['status', 'roleIds', 'email'].find((name) => changed.includes(name));
    if (field === undefined) return;
    const held = await this.loadRoles(roleIds);
    this.bounds.assertCanChange(
      held.flatMap(({ privileges }) => privileges),
      inBody(field),
    );
  }

  private assertCanGive(roles: readonly RoleWithPrivileges[], field = inBody('roleIds')): void {
    this.bounds.assertCanGive(
      roles.flatMap(({ privileges }) => privileges),
      field,
    );
  }
}

function userDisabled(): Problem {
  return Problem.conflict('user_disabled', 'This user is disabled. Enable the user before you send an invitation.');
}
