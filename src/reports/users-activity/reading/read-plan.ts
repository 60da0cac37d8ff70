import { includedActivities, type ActivityConditions } from '../../../activities/filter/activity-filter';
import { followedByDot, sqlConditions, type SqlCondition } from '../../../activities/filter/sql-conditions';
import { planIndexRanges, type IndexRange } from './index-range';

/** How the rows of a filter are found. */
export interface ReadPlan {
  /** The index ranges to read; undefined if all rows of the account are read, in the order of the report. */
  readonly ranges: readonly IndexRange[] | undefined;
  /** The conditions that the database tests for each row of the ranges. */
  readonly conditions: readonly SqlCondition[];
  /**
   * Whether few of the rows may match, so that each statement must be limited in the number of rows that it looks at.
   */
  readonly isSelective: boolean;
}

/**
 * Plans how the rows of a filter are found.
 * @param codes the codes of all activity types of the account
 */
export function planReading(filter: ActivityConditions, codes: readonly string[]): ReadPlan {
  const all = sqlConditions(filter);
  const ranges = chooseRanges(filter, codes, all);
  const [range] = ranges ?? [];
  const conditions = all.filter(({ column }) => range?.equal.some(([equal]) => equal === column) !== true);
  const isSelective = filter.text !== undefined || !conditions.every(({ column }) => isFast(column, range, filter));
  return { ranges, conditions, isSelective };
}

/**
 * Returns the index ranges of a filter, unless most rows of the account are in them and must be read for further
 * conditions: then a scan of the account is faster.
 */
function chooseRanges(
  filter: ActivityConditions,
  codes: readonly string[],
  conditions: readonly SqlCondition[],
): readonly IndexRange[] | undefined {
  const ranges = planIndexRanges(filter, codes);
  const isByActivity = ranges?.[0]?.index === 'activities_by_activity';
  const hasMost = !includedActivities(filter) && (filter.outcomes.length === 0 || filter.outcomes.includes('success'));
  const readsRows = filter.text !== undefined || conditions.some(({ column }) => !ACTIVITY_COLUMNS.includes(column));
  return isByActivity && hasMost && readsRows ? undefined : ranges;
}

const ACTIVITY_COLUMNS: readonly string[] = ['activity', 'outcome'];

/** Returns whether a condition excludes hardly any row of an index range, or is tested fast enough in the index. */
function isFast(column: string, range: IndexRange | undefined, { excludedActivities }: ActivityConditions): boolean {
  if (range?.index === 'activities_by_user')
    return ACTIVITY_COLUMNS.includes(column) && excludedActivities.length === 0;
  return range?.equal.some(([equal]) => column === followedByDot(equal)) === true;
}
