import { ApiProperty } from '@nestjs/swagger';
import { detailsOf } from '../audit/catalogue/activity-details';
import { ACTIVITY_CODE_SCHEMA, type ActivityCode } from '../audit/catalogue/activity-code';
import {
  ACTIVITY_COLUMNS,
  ACTIVITY_TYPES,
  catalogueEntry,
  type ActivityColumn,
  type ActivityType,
} from '../audit/catalogue/activity-type';
import type { Details } from '../audit/catalogue/details/detail';
import { SENT_RECORD_DETAILS } from '../audit/catalogue/details/report-details';
import type { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';

/** The types that the value of a detail can have. */
const VALUE_TYPES = [
  { type: 'string' },
  { type: 'integer' },
  { type: 'boolean' },
  { type: 'array', items: {} },
  { type: 'object' },
];

/** One of the details that records of an activity type can have. */
export class ActivityDetail {
  /**
   * The detail's name in the `details` of a record.
   * @example "reason"
   */
  name: string;

  /**
   * What the detail means.
   * @example "The reason for the refund."
   */
  description: string;

  /**
   * An example of its value: a text, an integer, a boolean, a list or an object.
   * @example "shopper_request"
   */
  @ApiProperty({ oneOf: VALUE_TYPES })
  example: unknown;
}

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
   * The details that activities of this type can have, in addition to the columns. A failed or denied attempt has fewer
   * of them. Records from other systems have `key` and `senderId` instead, as custom activity types list them.
   */
  details: ActivityDetail[];

  /**
   * Whether it is a custom activity type, which the account has registered.
   * @example false
   */
  custom: boolean;

  /**
   * The version of a custom activity type: 1 at first, and one more after each change. Send it with your next change.
   * Null for a built-in one, which cannot be changed.
   */
  @ApiProperty({ type: Number, nullable: true, example: null })
  version: number | null;
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
export function customTypeView({ code, label, group, version }: CustomActivityType): ActivityTypeView {
  return { code, label, group, columns: [], details: detailViews(SENT_RECORD_DETAILS), custom: true, version };
}

/** Shows a built-in activity type. */
export function builtInTypeView(code: ActivityType): ActivityTypeView {
  const { label, group, columns } = catalogueEntry(code);
  const details = detailViews(detailsOf(code));
  return { code, label, group, columns: [...columns], details, custom: false, version: null };
}

function detailViews(details: Details): ActivityDetail[] {
  return Object.entries(details).map(([name, { description, example }]) => ({ name, description, example }));
}
