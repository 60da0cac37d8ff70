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
import { inCatalogueOrder, RolesRepository, type RoleWithPrivileges } from '../members/roles.repository';
import { Privilege } from '../privileges/privilege';
import { roleView, type RolePage, type RoleView } from './role.view';
import type { CreateRole, UpdateRole } from './roles.dto';

/** Lists, creates, updates and deletes the roles of the account. */
@Injectable()
export class RolesService {
  constructor(
    private readonly roles: RolesRepository,
    private readonly bounds: AccessBounds,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  list(query: PageQuery): Promise<RolePage> {
    const { accountId, timeZone } = this.context.actor;
    const read = (after: string | undefined, take: number) => this.roles.list(accountId, after, take);
    return pageById(query, ['roles', accountId], read, (role) => roleView(role, timeZone));
  }

  async get(id: string): Promise<RoleView> {
    return roleView(await this.load(id), this.context.actor.timeZone);
  }

  create({ name, privileges }: CreateRole): Promise<RoleView> {
    return this.unitOfWork.run(async () => {
      this.activity.describe(ActivityType.RoleCreated, { comment: name, details: { privileges } });
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      this.bounds.assertCanGive(privileges, inBody('privileges'));
      const now = this.clock.now();
      const role = {
        id: this.ids.next(now),
        accountId: this.context.actor.accountId,
        name,
        version: 1,
        createdAt: now,
      };
      await this.roles.insert(role, privileges);
      this.activity.describe(ActivityType.RoleCreated, { comment: name, details: { roleId: role.id, privileges } });
      return roleView({ ...role, privileges: inCatalogueOrder(privileges) }, this.context.actor.timeZone);
    });
  }

  update(id: string, { name, privileges, version }: UpdateRole): Promise<RoleView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      const givable = await this.bounds.findGivable();
      const role = await this.load(id);
      const before = { name: role.name, privileges: role.privileges };
      const after = { name: name ?? role.name, privileges: inCatalogueOrder(privileges ?? role.privileges) };
      const changed = findChanges(before, after);
      this.activity.describe(ActivityType.RoleUpdated, {
        comment: role.name,
        details: { roleId: id, changes: changed },
      });
      const nextVersion = assertUnchanged('role', role.version, version);
      this.bounds.assertCanGive(
        after.privileges.filter((privilege) => !before.privileges.includes(privilege)),
        inBody('privileges'),
      );
      const [field] = Object.keys(changed);
      if (field === undefined) return roleView(role, this.context.actor.timeZone);
      this.bounds.assertCanChange(role.privileges, inBody(field));
      const next = { name: after.name, version: nextVersion };
      await this.roles.update(id, next, after.privileges);
      await this.bounds.assertNothingLost(givable);
      return roleView({ ...role, ...after, ...next }, this.context.actor.timeZone);
    });
  }

  delete(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ManageUserAccess);
      const { name, privileges } = await this.load(id);
      this.activity.describe(ActivityType.RoleDeleted, { comment: name, details: { roleId: id, privileges } });
      this.bounds.assertCanChange(privileges, inPath('id'));
      const users = await this.roles.countUsers(id);
      if (users > 0)
        throw Problem.conflict('role_in_use', `${users} user(s) have this role. Remove it from them first.`);
      await this.roles.delete(id);
    });
  }

  private load(id: string): Promise<RoleWithPrivileges> {
    return this.roles.get(this.context.actor.accountId, id);
  }
}
