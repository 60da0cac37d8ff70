import { Injectable } from '@nestjs/common';
import { AccessBounds } from '../access/members/access-bounds';
import { Privilege } from '../access/privileges/privilege';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { isBuiltIn } from '../audit/catalogue/activity-code';
import { ActivityType } from '../audit/catalogue/activity-type';
import { findChanges } from '../audit/recording/find-changes';
import { CurrentActivity } from '../audit/recording/current-activity';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { assertUnchanged } from '../http/problems/assert-unchanged';
import { Clock } from '../lib/time/clock';
import { assertCodeFree, assertLabelNotBuiltIn, assertBelowMaximum, findCustomType } from './activity-type.rules';
import {
  activityTypeCatalogue,
  builtInTypeView,
  customTypeView,
  type ActivityTypeCatalogue,
  type ActivityTypeView,
} from './activity-type.view';
import type { CreateActivityType, UpdateActivityType } from './activity-types.dto';

/** Shows the activity types of the account, and registers and renames custom ones. */
@Injectable()
export class ActivityTypesService {
  constructor(
    private readonly catalogue: ActivityCatalogue,
    private readonly bounds: AccessBounds,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<ActivityTypeCatalogue> {
    return activityTypeCatalogue((await this.catalogue.load(this.context.actor.accountId)).customTypes);
  }

  async get(code: string): Promise<ActivityTypeView> {
    if (isBuiltIn(code)) return builtInTypeView(code);
    return customTypeView(findCustomType(await this.catalogue.load(this.context.actor.accountId), code));
  }

  create({ code, label, group }: CreateActivityType): Promise<ActivityTypeView> {
    return this.unitOfWork.run(async () => {
      this.activity.describe(ActivityType.ActivityTypeCreated, { comment: label, details: { code, label, group } });
      const { accountId } = this.context.actor;
      await this.bounds.lockFor(Privilege.AccountSettings);
      const catalogue = await this.catalogue.load(accountId);
      assertCodeFree(catalogue, code);
      assertLabelNotBuiltIn(label);
      assertBelowMaximum(catalogue);
      const type = { accountId, code, label, group, version: 1, createdAt: this.clock.now() };
      await this.catalogue.insertCustomType(type);
      return customTypeView(type);
    });
  }

  update(code: string, request: UpdateActivityType): Promise<ActivityTypeView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.AccountSettings);
      const type = findCustomType(await this.catalogue.load(this.context.actor.accountId), code);
      const before = { label: type.label, group: type.group };
      const after = { label: request.label ?? before.label, group: request.group ?? before.group };
      const changed = findChanges(before, after);
      this.activity.describe(ActivityType.ActivityTypeUpdated, {
        comment: after.label,
        details: { code, changes: changed },
      });
      const version = assertUnchanged('activity type', type.version, request.version);
      assertLabelNotBuiltIn(after.label);
      if (Object.keys(changed).length === 0) return customTypeView(type);
      const next = { ...type, ...after, version };
      await this.catalogue.updateCustomType(next);
      return customTypeView(next);
    });
  }
}
