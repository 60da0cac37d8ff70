import { ApiProperty } from '@nestjs/swagger';
import { ACTIVITY_CODE_SCHEMA, type ActivityCode } from '../audit/catalogue/activity-code';
import {
  ACTIVITY_COLUMNS,
  ACTIVITY_TYPES,
  catalogueEntry,
  type ActivityColumn,
  type ActivityType,
} from '../audit/catalogue/activity-type';
import type { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';

/** An activity type. */
export class ActivityTypeView {
  /**
   * The activity type's code. It never changes. The code of a custom activity type begins with `custom.`.
   * @example "refund.canceled"
   */
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  code: ActivityCode;

  /**
   * The activity type's label, as reports show it.
   * @example "Cancel order refund"
   */
  label: string;

  /**
   * The heading under which the activity type is listed.
   * @example "Orders"
   */
  group: string;

  /**
   * The columns that every successful activity of this type has. It may have others too. Empty for a custom activity
   * type.
   * @example ["orderReference", "amount", "currency"]
   */
  @ApiProperty({ enum: ACTIVITY_COLUMNS, enumName: 'ActivityColumn', isArray: true })
  columns: ActivityColumn[];

  /**
   * Whether it is a custom activity type, which the account has registered.
   * @example false
   */
  custom: boolean;
}

/** All activity types of an account. */
export class ActivityTypeCatalogue {
  /**
   * The built-in activity types, ordered by group, followed by the account's custom activity types, ordered by code.
   */
  data: ActivityTypeView[];
}

/** Shows the built-in activity types, followed by the account's custom ones. */
export function activityTypeCatalogue(own: readonly CustomActivityType[]): ActivityTypeCatalogue {
  return { data: [...ACTIVITY_TYPES.map(builtInTypeView), ...own.map(customTypeView)] };
}

/** Shows a custom activity type. */
export function customTypeView({ code, label, group }: CustomActivityType): ActivityTypeView {
  return { code, label, group, columns: [], custom: true };
}

/** Shows a built-in activity type. */
export function builtInTypeView(code: ActivityType): ActivityTypeView {
  const { label, group, columns } = catalogueEntry(code);
  return { code, label, group, columns: [...columns], custom: false };
}
