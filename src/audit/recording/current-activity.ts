import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { ActivityFields, FieldsOf } from '../catalogue/activity-fields';
import type { ActivityType } from '../catalogue/activity-type';

/** What the action itself says of what it did. */
export interface Description {
  readonly type: ActivityType;
  readonly fields: Partial<ActivityFields>;
}

const DESCRIPTION = Symbol('description of the activity');

/** Where a feature tells the record of the running action what it did: from what to what, for how much. */
@Injectable()
export class CurrentActivity {
  constructor(private readonly cls: ClsService) {}

  /** Describes the running action; said again, the later fields win. The type may make the route's type more precise. */
  describe<Type extends ActivityType>(type: Type, fields: FieldsOf<Type>): void {
    const holder = this.holder;
    if (holder) holder.description = { type, fields: { ...holder.description?.fields, ...fields } };
  }

  /** Begins an action. Call it outside of the unit of work, so that what is said survives a rollback. */
  begin(): void {
    if (this.cls.isActive()) this.cls.set(DESCRIPTION, {});
  }

  /** Forgets what was said, before the same action is tried again. */
  reset(): void {
    if (this.holder) delete this.holder.description;
  }

  get description(): Description | undefined {
    return this.holder?.description;
  }

  private get holder(): { description?: Description } | undefined {
    return this.cls.isActive() ? this.cls.get(DESCRIPTION) : undefined;
  }
}
