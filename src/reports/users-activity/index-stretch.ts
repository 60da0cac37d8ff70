import type { Outcome } from '../../audit/catalogue/activity-type';
import type { ActivityFilter } from './activity-filter';

/** The database joins no more than so many stretches in one statement (SQLite's bound is 500). */
const MAX_STRETCHES = 480;
const ALL_OUTCOMES: readonly Outcome[] = ['success', 'failure', 'denied'];

/** A part of an index that holds its rows sorted by id: one value of each column that comes before the id. */
export interface IndexStretch {
  readonly index: 'activities_by_user' | 'activities_by_activity';
  readonly equal: readonly (readonly [column: string, value: string])[];
  /** Columns after the id, which are looked at row by row, but within the index. */
  readonly among: readonly (readonly [column: string, values: readonly string[]])[];
}

/**
 * The stretches that together hold what a filter asks for; reading them side by side is as fast for a user who did one
 * thing in ten million as for one who did half of them. Undefined where the filter leaves no choice but the whole account.
 * @param known every code that an activity of the account can have
 */
export function stretchesOf(filter: ActivityFilter, known: readonly string[]): readonly IndexStretch[] | undefined {
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
  const stretches = (activities.length > 0 ? activities : known).flatMap((activity) =>
    (outcomes.length > 0 ? outcomes : ALL_OUTCOMES).map((outcome) => ({
      index: 'activities_by_activity' as const,
      equal: [['activity', activity] as const, ['outcome', outcome] as const],
      among: [],
    })),
  );
  return stretches.length > MAX_STRETCHES ? undefined : stretches;
}
