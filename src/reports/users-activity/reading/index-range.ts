import type { Outcome } from '../../../audit/catalogue/activity-type';
import type { ActivityFilter } from './activity-filter';

/** Most ranges that one statement reads; SQLite's own limit for a compound SELECT is 500. */
const MAX_RANGES = 480;
const ALL_OUTCOMES: readonly Outcome[] = ['success', 'failure', 'denied'];

/** A range of an index in which the rows are sorted by id, because each column before the id has one value. */
export interface IndexRange {
  readonly index: 'activities_by_user' | 'activities_by_activity';
  /** The columns before the id, with their values. */
  readonly equal: readonly (readonly [column: string, value: string])[];
  /**
   * Columns after the id, with the values to accept. The database compares them row by row, but reads the index only.
   */
  readonly among: readonly (readonly [column: string, values: readonly string[]])[];
}

/**
 * Returns the index ranges that together contain the rows of a filter. Merging them is as fast for a user with one of
 * ten million activities as for a user with half of them. Returns undefined when all rows of the account must be read.
 * @param codes the codes of all activity types of the account
 */
export function planIndexRanges(filter: ActivityFilter, codes: readonly string[]): readonly IndexRange[] | undefined {
  const { userIds, activities, outcomes } = filter;
  if (userIds.length > 0) {
    const among = [
      ['activity', activities],
      ['outcome', outcomes],
    ] as const;
    return userIds.map((userId) => ({
      index: 'activities_by_user',
      equal: [['user_id', userId]],
      among: among.filter(([, values]) => values.length > 0),
    }));
  }
  if (activities.length === 0 && outcomes.length === 0) return undefined;
  const ranges = (activities.length > 0 ? activities : codes).flatMap((activity) =>
    (outcomes.length > 0 ? outcomes : ALL_OUTCOMES).map((outcome) => ({
      index: 'activities_by_activity' as const,
      equal: [['activity', activity] as const, ['outcome', outcome] as const],
      among: [],
    })),
  );
  return ranges.length > MAX_RANGES ? undefined : ranges;
}
