import type { ActivityCode } from '../../audit/catalogue/activity-code';
import type { Outcome } from '../../audit/catalogue/activity-type';
import type { Interval } from '../../lib/time/interval';
import type { TimeZone } from '../../lib/time/zoned-time';

export const SORT_ORDERS = ['desc', 'asc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** Amounts in one currency, from one number of minor units to another, both included. */
export interface AmountRange {
  readonly currency: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * What a filter requires of an activity, apart from its account and its time. An empty list, and a field that is
 * absent, require nothing. Plain data, so that worker threads can receive it.
 */
export interface ActivityConditions {
  readonly userIds: readonly string[];
  readonly excludedUserIds: readonly string[];
  /** Email addresses of the users, in lower case. */
  readonly userEmails: readonly string[];
  readonly activities: readonly ActivityCode[];
  /** The names of groups of activity types. */
  readonly activityGroups: readonly string[];
  /** The codes of all activity types in `activityGroups`. */
  readonly groupActivities: readonly ActivityCode[];
  readonly excludedActivities: readonly ActivityCode[];
  readonly outcomes: readonly Outcome[];
  readonly orderReferences: readonly string[];
  readonly subscriptionReferences: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly requestIds: readonly string[];
  /** The names of the users and API keys that sent records from other systems. */
  readonly senders: readonly string[];
  readonly amounts?: AmountRange;
  /** A text that one of the columns of `SEARCHED_COLUMNS` must contain. The database cannot test this condition. */
  readonly text?: string;
}

/** The filter of a report, which is the same for every format. */
export interface ActivityFilter extends ActivityConditions {
  readonly accountId: string;
  readonly interval: Interval;
  readonly timeZone: TimeZone;
  readonly order: SortOrder;
}

/** Conditions that every activity fulfils. */
export const NO_CONDITIONS: ActivityConditions = {
  userIds: [],
  excludedUserIds: [],
  userEmails: [],
  activities: [],
  activityGroups: [],
  groupActivities: [],
  excludedActivities: [],
  outcomes: [],
  orderReferences: [],
  subscriptionReferences: [],
  ipAddresses: [],
  requestIds: [],
  senders: [],
};

/** Returns the users whose activities a filter includes; undefined if it does not name any. */
export function includedUsers({ userIds, excludedUserIds }: ActivityConditions): readonly string[] | undefined {
  return userIds.length === 0 ? undefined : userIds.filter((id) => !excludedUserIds.includes(id));
}

/** Returns the activity types that a filter includes; undefined if it does not name any. */
export function includedActivities(conditions: ActivityConditions): readonly ActivityCode[] | undefined {
  const { activities, activityGroups, groupActivities, excludedActivities } = conditions;
  const named = activities.length > 0 ? activities : activityGroups.length > 0 ? groupActivities : undefined;
  return named?.filter(
    (code) => (activityGroups.length === 0 || groupActivities.includes(code)) && !excludedActivities.includes(code),
  );
}
