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

/** A kind of activity. */
export class ActivityTypeView {
  /**
   * Stable code, to filter by; that of a kind which the account registered itself begins with `custom.`.
   * @example "refund.canceled"
   */
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  code: ActivityCode;

  /**
   * What the report calls it.
   * @example "Cancel order refund"
   */
  label: string;

  /**
   * The group that it is shown in.
   * @example "Orders"
   */
  group: string;

  /**
   * The columns that a successful activity of this kind always fills; it may fill others too.
   * @example ["orderReference", "amount", "currency"]
   */
  @ApiProperty({ enum: ACTIVITY_COLUMNS, enumName: 'ActivityColumn', isArray: true })
  columns: ActivityColumn[];

  /**
   * Whether the account registered it itself.
   * @example false
   */
  custom: boolean;
}

/** Every kind of activity that the account has. */
export class ActivityTypeCatalogue {
  /** The built-in kinds, group by group; then the account's own, by code. */
  data: ActivityTypeView[];
}

/** Shows the built-in activity types, and then the account's own. */
export function activityTypeCatalogue(own: readonly CustomActivityType[]): ActivityTypeCatalogue {
  return { data: [...ACTIVITY_TYPES.map(builtInTypeView), ...own.map(customTypeView)] };
}

/** Shows an activity type of the account's own. */
export function customTypeView({ code, label, group }: CustomActivityType): ActivityTypeView {
  return { code, label, group, columns: [], custom: true };
}

function builtInTypeView(code: ActivityType): ActivityTypeView {
  const { label, group, columns } = catalogueEntry(code);
  return { code, label, group, columns: [...columns], custom: false };
}
