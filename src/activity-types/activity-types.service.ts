import { Injectable } from '@nestjs/common';
import { AccessBounds } from '../access/members/access-bounds';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { isBuiltIn } from '../audit/catalogue/activity-code';
import { ACTIVITY_TYPES, ActivityType, catalogueEntry } from '../audit/catalogue/activity-type';
import type { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';
import { changes } from '../audit/recording/changes';
import { CurrentActivity } from '../audit/recording/current-activity';
import { RequestContext } from '../context/request-context';
import { UnitOfWork } from '../database/unit-of-work';
import { Problem } from '../http/problems/problem';
import { Clock } from '../lib/time/clock';
import type {
  ActivityTypeCatalogue,
  ActivityTypeView,
  CreateActivityType,
  UpdateActivityType,
} from './activity-types.dto';

/** How many kinds of activity an account may register: all of them are loaded for each report. */
const MOST = 200;

/** The account's kinds of activity. */
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
    const { own } = await this.catalogue.of(this.context.actor.accountId);
    return { data: [...ACTIVITY_TYPES.map(builtInView), ...own.map(ownView)] };
  }

  create({ code, label, group }: CreateActivityType): Promise<ActivityTypeView> {
    return this.unitOfWork.run(async () => {
      this.activity.describe(ActivityType.ActivityTypeCreated, { comment: label, details: { code, group } });
      const { accountId } = this.context.actor;
      await this.bounds.lock();
      const catalogue = await this.catalogue.of(accountId);
      if (catalogue.has(code)) throw taken(code);
      assertOwnLabel(label);
      if (catalogue.own.length >= MOST) {
        throw Problem.conflict(
          'activity_types_full',
          `The account has ${MOST} kinds of activity of its own, the most it may.`,
        );
      }
      const type = { accountId, code, label, group, createdAt: this.clock.now() };
      await this.catalogue.insert(type);
      return ownView(type);
    });
  }

  update(code: string, request: UpdateActivityType): Promise<ActivityTypeView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lock();
      const type = await this.find(code);
      const before = { label: type.label, group: type.group };
      const after = { label: request.label ?? before.label, group: request.group ?? before.group };
      const changed = changes(before, after);
      this.activity.describe(ActivityType.ActivityTypeUpdated, {
        comment: after.label,
        details: { code, changes: changed },
      });
      assertOwnLabel(after.label);
      const next = { ...type, ...after };
      if (Object.keys(changed).length > 0) await this.catalogue.update(next);
      return ownView(next);
    });
  }

  private async find(code: string): Promise<CustomActivityType> {
    if (isBuiltIn(code)) {
      throw Problem.conflict(
        'activity_type_built_in',
        'This kind of activity is built in: every account calls it the same.',
      );
    }
    const { own } = await this.catalogue.of(this.context.actor.accountId);
    const type = own.find((candidate) => candidate.code === code);
    if (!type)
      throw Problem.notFound('activity_type_not_found', 'code', 'There is no kind of activity with this code.');
    return type;
  }
}

function builtInView(code: ActivityType): ActivityTypeView {
  const { label, group, columns } = catalogueEntry(code);
  return { code, label, group, columns: [...columns], custom: false };
}

function ownView({ code, label, group }: CustomActivityType): ActivityTypeView {
  return { code, label, group, columns: [], custom: true };
}

/** Whoever reads a report must be able to tell what the service itself recorded. */
function assertOwnLabel(label: string): void {
  const isBuiltInLabel = ACTIVITY_TYPES.some(
    (code) => catalogueEntry(code).label.toLowerCase() === label.toLowerCase(),
  );
  if (!isBuiltInLabel) return;
  const code = 'activity_label_built_in';
  const message = `A built-in kind of activity is called ${label} already.`;
  throw Problem.conflict(code, message, [{ field: 'label', code, message }]);
}

function taken(code: string): Problem {
  const message = `The account has a kind of activity with the code ${code} already.`;
  return Problem.conflict('activity_type_taken', message, [{ field: 'code', code: 'activity_type_taken', message }]);
}
