import { includedActivities, includedUsers, type ActivityConditions } from '../../../activities/filter/activity-filter';
import type { Outcome } from '../../../audit/catalogue/activity-type';

/** Maximum number of ranges that one statement reads; SQLite's limit for a compound SELECT is 500. */
const MAX_RANGES = 480;
const ALL_OUTCOMES: readonly Outcome[] = ['success', 'failure', 'denied'];

type ColumnValue = readonly [column: string, value: string];

/** A range of an index in which the rows are sorted by id, because each column before the id has one value. */
export interface IndexRange {
  readonly index:
    'activities_by_order' | 'activities_by_subscription' | 'activities_by_user' | 'activities_by_activity';
  /** The columns before the id, with their values. */
  readonly equal: readonly [ColumnValue, ...ColumnValue[]];
}

/**
 * Returns the index ranges that together contain the rows of a filter. They are ranges of the index in which the filter
 * is likely to have the fewest rows.
 * Merging them is as fast for a user with one of ten million activities as for a user with half of them. Returns
 * undefined when all rows of the account must be read.
 * @param codes the codes of all activity types of the account
 */
export function planIndexRanges(
  conditions: ActivityConditions,
  codes: readonly string[],
): readonly IndexRange[] | undefined {
  if (includedActivities(conditions)?.length === 0) return [];
  const { orderReferences, subscriptionReferences } = conditions;
  if (orderReferences.length > 0) return rangesOf('activities_by_order', 'order_reference', orderReferences);
  if (subscriptionReferences.length > 0)
    return rangesOf('activities_by_subscription', 'subscription_reference', subscriptionReferences);
  const userIds = includedUsers(conditions);
  return userIds ? rangesOf('activities_by_user', 'user_id', userIds) : activityRanges(conditions, codes);
}

function rangesOf(index: IndexRange['index'], column: string, values: readonly string[]): readonly IndexRange[] {
  return values.map((value) => ({ index, equal: [[column, value]] }));
}

/**
 * Returns the index ranges of the activity types and outcomes of a filter; undefined if it names none, or too many.
 * @param codes the codes of all activity types of the account
 */
export function activityRanges(
  conditions: ActivityConditions,
  codes: readonly string[],
): readonly IndexRange[] | undefined {
  const { excludedActivities, outcomes } = conditions;
  const included = includedActivities(conditions);
  if (!included && excludedActivities.length === 0 && outcomes.length === 0) return undefined;
  const excluded: readonly string[] = excludedActivities;
  const ofActivity = (activity: string): IndexRange[] =>
    (outcomes.length > 0 ? outcomes : ALL_OUTCOMES).map((outcome) => ({
      index: 'activities_by_activity',
      equal: [
        ['activity', activity],
        ['outcome', outcome],
      ],
    }));
  const ranges = (included ?? codes.filter((code) => !excluded.includes(code))).flatMap(ofActivity);
  return ranges.length > MAX_RANGES ? undefined : ranges;
}
