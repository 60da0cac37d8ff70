import type { ActivityType } from './activity-type';
import { ADMINISTRATION_DETAILS } from './details/administration-details';
import type { Details, ValuesOf } from './details/detail';
import { EMAIL_TEMPLATE_DETAILS } from './details/email-template-details';
import { ORDER_DETAILS } from './details/order-details';
import { REPORT_DETAILS } from './details/report-details';
import { SESSION_DETAILS } from './details/session-details';
import { SUBSCRIPTION_DETAILS } from './details/subscription-details';

/** The details that records of each built-in activity type can have: values without a column of their own. */
export const ACTIVITY_DETAILS = {
  ...SESSION_DETAILS,
  'page.accessed': {},
  ...ORDER_DETAILS,
  ...SUBSCRIPTION_DETAILS,
  ...EMAIL_TEMPLATE_DETAILS,
  ...ADMINISTRATION_DETAILS,
  ...REPORT_DETAILS,
} as const satisfies Record<ActivityType, Details>;

/** The values of the details of an activity type. For several types, those that one of them can have. */
export type DetailsOf<Type extends ActivityType> = ValuesOf<(typeof ACTIVITY_DETAILS)[Type]>;

/** The names of the details of an activity type. */
export type DetailNameOf<Type extends ActivityType> = Type extends ActivityType
  ? keyof (typeof ACTIVITY_DETAILS)[Type]
  : never;

/** Returns the details that records of a built-in activity type can have. */
export function detailsOf(type: ActivityType): Details {
  return ACTIVITY_DETAILS[type];
}
