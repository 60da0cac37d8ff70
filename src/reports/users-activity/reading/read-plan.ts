import { includedActivities, type ActivityConditions } from '../../../activities/filter/activity-filter';
import { followedByDot, sqlConditions, type SqlCondition } from '../../../activities/filter/sql-conditions';
import { activityRanges, planIndexRanges, type IndexRange } from './index-range';

/** Where the rows of a filter are, and which of them match. */
export interface WindowPlan {
  /** The index ranges to read; undefined if all rows of the account are read, in the order of the report. */
  readonly ranges: readonly IndexRange[] | undefined;
  /** The conditions that the database tests for each row of the ranges. */
  readonly conditions: readonly SqlCondition[];
}

/** How the rows of a filter are found. */
export interface ReadPlan extends WindowPlan {
  /**
   * Whether few of the rows may match, so that each statement must be limited in the number of rows that it looks at.
   */
  readonly isSelective: boolean;
  /**
   * Whether few of the rows of several users may match, although their index has the columns to test. Each statement must
   * then be limited in the number of rows of each user that it looks at. A limit for all of them together would divide it
   * equally among them, so that a window would end early and have few rows of the others.
   */
  readonly isSelectiveByUser: boolean;
  /**
   * The index ranges of the activity types, for a filter by user: they are the better choice if they have few rows.
   * Undefined if the filter names no activity type and no outcome.
   */
  readonly byActivity?: WindowPlan | undefined;
}

/**
 * Plans how the rows of a filter are found.
 * @param codes the codes of all activity types of the account
 */
export function planReading(filter: ActivityConditions, codes: readonly string[]): ReadPlan {
  const all = sqlConditions(filter);
  const ranges = chooseRanges(filter, codes, all);
  const [range] = ranges ?? [];
  const conditions = otherConditions(all, range);
  const selective = conditions.filter(({ column }) => !isExact(column, range));
  const isSelectiveByUser =
    filter.text === undefined &&
    selective.length > 0 &&
    hasSeveralUsers(ranges) &&
    selective.every(({ column }) => ACTIVITY_COLUMNS.includes(column));
  const isSelective = filter.text !== undefined || (selective.length > 0 && !isSelectiveByUser);
  const others = range?.index === 'activities_by_user' ? activityRanges(filter, codes) : undefined;
  const byActivity = others?.[0] && { ranges: others, conditions: otherConditions(all, others[0]) };
  return { ranges, conditions, isSelective, isSelectiveByUser, byActivity };
}

/** Returns the conditions that an index range does not already guarantee. */
function otherConditions(conditions: readonly SqlCondition[], range: IndexRange | undefined): SqlCondition[] {
  return conditions.filter(({ column }) => range?.equal.some(([equal]) => equal === column) !== true);
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

/**
 * Returns whether the conditions of a plan are on columns of its index. MariaDB tests them before it reads a row only if it
 * reads nothing but the index, or in ascending order.
 */
export function isCovered({ ranges, conditions }: WindowPlan): boolean {
  return (
    ranges?.[0]?.index === 'activities_by_user' && conditions.every(({ column }) => ACTIVITY_COLUMNS.includes(column))
  );
}

const ACTIVITY_COLUMNS: readonly string[] = ['activity', 'outcome'];

function hasSeveralUsers(ranges: readonly IndexRange[] = []): boolean {
  return ranges.length > 1 && ranges[0]?.index === 'activities_by_user';
}

/**
 * Returns whether a condition on a column only excludes the texts that differ from an index range in spaces at their end:
 * hardly any rows, so that testing it is cheap.
 */
function isExact(column: string, range: IndexRange | undefined): boolean {
  return range?.equal.some(([equal]) => column === followedByDot(equal)) === true;
}
