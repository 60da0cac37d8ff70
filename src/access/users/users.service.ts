import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { changes } from '../../audit/recording/changes';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { isDuplicate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/paging';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import { Problem } from '../../http/problems/problem';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { AccessBounds } from '../members/access-bounds';
import { Passwords, randomPassword } from '../members/password';
import { RolesRepository, type RoleWithPrivileges } from '../members/roles.repository';
import { UsersRepository, type UserWithRoles } from '../members/users.repository';
import { Invitations } from './invitations';
import type { CreateUser, QueuedInvitation, UpdateUser, UserPage, UserView } from './users.dto';

/** The users of the account. */
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
    const { accountId } = this.context.actor;
    return pageById(query, ['users', accountId], (after, take) => this.users.list(accountId, after, take), this.view);
  }

  async get(id: string): Promise<UserView> {
    return this.view(await this.find(id));
  }

  /** Hashes the password before the transaction starts, because that takes tens of milliseconds. */
  async create({ email, name, password, roleIds }: CreateUser): Promise<UserView> {
    const sorted = [...roleIds].sort();
    const isInvited = password == null;
    this.activity.describe(ActivityType.UserCreated, {
      comment: `${name} <${email}>`,
      details: { email, roleIds: sorted, ...(isInvited && { invited: true }) },
    });
    // A user who is invited gets a password that nobody knows, until the invitation is accepted.
    const passwordHash = await this.passwords.hash(password ?? randomPassword());
    return this.unitOfWork.run(async () => {
      await this.bounds.lock();
      this.assertMayGive(await this.findRoles(roleIds));
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
      await uniqueEmail(email, this.users.insert({ ...identity, passwordHash }, sorted));
      if (isInvited) await this.invitations.invite(identity);
      return this.view({ ...identity, roleIds: sorted });
    });
  }

  update(id: string, request: UpdateUser): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lock();
      const givable = await this.bounds.givable();
      const user = await this.find(id);
      const before = { email: user.email, name: user.name, status: user.status, roleIds: user.roleIds };
      const after = {
        email: request.email ?? before.email,
        name: request.name ?? before.name,
        status: request.status ?? before.status,
        roleIds: [...(request.roleIds ?? before.roleIds)].sort(),
      };
      const changed = changes(before, after);
      const isDisabling = before.status === 'active' && after.status === 'disabled';
      this.activity.describe(isDisabling ? ActivityType.UserDisabled : ActivityType.UserUpdated, {
        comment: `${user.name} <${user.email}>`,
        details: { userId: id, changes: changed },
      });
      assertUnchanged('user', user.version, request.version);
      const roles = await this.findRoles(after.roleIds);
      this.assertMayGive(roles.filter((role) => !before.roleIds.includes(role.id)));
      await this.assertMayChange(user, Object.keys(changed));
      if (Object.keys(changed).length === 0) return this.view(user);
      const disabledAt = isDisabling ? this.clock.now() : user.disabledAt;
      const { roleIds, ...identity } = { ...after, disabledAt, version: request.version + 1 };
      await uniqueEmail(after.email, this.users.update(id, identity, roleIds));
      await this.bounds.assertNothingLost(givable);
      return this.view({ ...user, ...identity, roleIds });
    });
  }

  invite(id: string): Promise<QueuedInvitation> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lock();
      const user = await this.find(id);
      const comment = `${user.name} <${user.email}>`;
      this.activity.describe(ActivityType.UserInvited, { comment, details: { userId: id } });
      // Whoever gets the link gets all that the user may do.
      this.assertMayGive(await this.findRoles(user.roleIds), 'id');
      if (user.status === 'disabled') throw userDisabled();
      const { expiresAt, mailId } = await this.invitations.invite(user);
      this.activity.describe(ActivityType.UserInvited, { comment, details: { userId: id, mailId } });
      return { expiresAt: new ZonedClock(this.context.actor.timeZone).rfc3339(expiresAt.getTime()), mailId };
    });
  }

  private async find(id: string): Promise<UserWithRoles> {
    const [user] = await this.users.findAll(this.context.actor.accountId, [id]);
    if (!user) throw Problem.notFound('user_not_found', 'id', 'There is no user with this id.');
    return user;
  }

  private async findRoles(ids: readonly string[]): Promise<RoleWithPrivileges[]> {
    const roles = await this.roles.findAll(this.context.actor.accountId, ids);
    const missing = ids.findIndex((id) => !roles.some((role) => role.id === id));
    if (missing >= 0) throw Problem.notFound('role_not_found', `roleIds[${missing}]`, 'There is no role with this id.');
    return roles;
  }

  /** A name is anyone's to change. A new e-mail is not: whoever reads its mails can get in as the user. */
  private async assertMayChange({ roleIds }: UserWithRoles, changed: readonly string[]): Promise<void> {
    const field = ['status', 'roleIds', 'email'].find((guarded) => changed.includes(guarded));
    if (field === undefined) return;
    const held = await this.findRoles(roleIds);
    this.bounds.assertMayChange(
      held.flatMap(({ privileges }) => privileges),
      field,
    );
  }

  private assertMayGive(roles: readonly RoleWithPrivileges[], field = 'roleIds'): void {
    this.bounds.assertMayGive(
      roles.flatMap(({ privileges }) => privileges),
      field,
    );
  }

  private readonly view = ({ id, email, name, roleIds, status, version, createdAt }: UserWithRoles): UserView => {
    const clock = new ZonedClock(this.context.actor.timeZone);
    return { id, email, name, roleIds, status, version, createdAt: clock.rfc3339(createdAt.getTime()) };
  };
}

function userDisabled(): Problem {
  return Problem.conflict('user_disabled', 'This user is disabled: make it active first, then invite it.');
}

async function uniqueEmail(email: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const message = `There is a user with the e-mail ${email} already.`;
    throw Problem.conflict('email_taken', message, [{ field: 'email', code: 'email_taken', message }]);
  }
}
