import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import { oneOf, type SqlCondition } from '../../../activities/filter/sql-conditions';
import { PRIMARY, type IndexHint } from '../../../database/read-dialect';
import type { ReadQuery } from '../../../database/sources/read-connection';
import { lowestIdAt } from '../../../lib/time-ordered-id';
import type { IndexRange } from './index-range';

/** The ids between which a page or a batch of an export is read. */
export interface IdBounds {
  /** The last id that was read before, in report order. */
  readonly after?: string | undefined;
  /** The highest id to read. */
  readonly upTo?: string | undefined;
  /** The last id to read, in report order. */
  readonly through?: string | undefined;
}

/** The part of a filter that all queries of a report have in common. */
export type Scope = Pick<ActivityFilter, 'accountId' | 'interval' | 'order'>;

/** Reads the first `take` rows of the account, in report order. */
export function scanQuery(columns: string, scope: Scope, take: number, bounds: IdBounds): ReadQuery {
  return select(columns, 'activities', scope, bounds, [], limitTo(take));
}

/**
 * Reads the rows within the bounds that match the conditions, in report order, by a scan of the account's rows.
 * @param take the most rows to return
 */
export function matchingQuery(
  columns: string,
  scope: Scope,
  conditions: readonly SqlCondition[],
  bounds: IdBounds,
  indexHint: IndexHint,
  take?: number,
): ReadQuery {
  return select(columns, `activities ${indexHint(PRIMARY)}`, scope, bounds, conditions, limitTo(take));
}

/** Reads the id of the account's row at a place, in report order and counted from 0, whether it matches or not. */
export function placeQuery(scope: Scope, place: number, bounds: IdBounds, indexHint: IndexHint): ReadQuery {
  const { sql, values } = select('id', `activities ${indexHint(PRIMARY)}`, scope, bounds, [], 'LIMIT 1 OFFSET ?');
  return { sql, values: [...values, place] };
}

/** Reads the first `take` rows of one index range that match the conditions, in report order. */
export function rangeQuery(
  columns: string,
  scope: Scope,
  { index, equal }: IndexRange,
  conditions: readonly SqlCondition[],
  take: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const from = `activities ${indexHint(index)}`;
  return select(columns, from, scope, bounds, [...equalTo(equal), ...conditions], limitTo(take));
}

/**
 * Reads the rows of several ranges of one index that match the conditions, in report order. The bounds must contain few
 * rows, because the database sorts them.
 * @param take the most rows to return
 */
export function rangesQuery(
  columns: string,
  scope: Scope,
  ranges: readonly [IndexRange, ...IndexRange[]],
  conditions: readonly SqlCondition[],
  bounds: IdBounds,
  indexHint: IndexHint,
  take?: number,
): ReadQuery {
  const from = `activities ${indexHint(ranges[0].index)}`;
  return select(columns, from, scope, bounds, [...anyOf(ranges), ...conditions], limitTo(take));
}

/**
 * Reads the rows of several ranges of one index that match the conditions, in any order. The bounds must contain few rows.
 */
export function unsortedRangesQuery(
  columns: string,
  scope: Scope,
  ranges: readonly [IndexRange, ...IndexRange[]],
  conditions: readonly SqlCondition[],
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const { sql: where, values } = whereClause(scope, [...anyOf(ranges), ...conditions], bounds);
  return { sql: `SELECT ${columns} FROM activities ${indexHint(ranges[0].index)} WHERE ${where}`, values };
}

/** Reads ids of the rows in ranges of one index, in any order: at most `take`, so that it looks at no more rows. */
export function someIdsQuery(
  scope: Scope,
  ranges: readonly [IndexRange, ...IndexRange[]],
  take: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const { sql: where, values } = whereClause(scope, anyOf(ranges), bounds);
  return { sql: `SELECT id FROM activities ${indexHint(ranges[0].index)} WHERE ${where} ${limitTo(take)}`, values };
}

/** Reads the first `take` ids of each range that match the conditions, in any order. */
export function idsQuery(
  scope: Scope,
  ranges: readonly IndexRange[],
  conditions: readonly SqlCondition[],
  take: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  return union(ranges.map((range) => rangeQuery('id', scope, range, conditions, take, bounds, indexHint)));
}

/** Reads the rows with these ids, in report order. */
export function rowsQuery(
  columns: string,
  { accountId, order }: Pick<Scope, 'accountId' | 'order'>,
  ids: readonly string[],
): ReadQuery {
  const where = `account_id = ? AND id IN (${ids.map(() => '?').join(', ')})`;
  const sql = `SELECT ${columns} FROM activities WHERE ${where} ORDER BY id ${order === 'desc' ? 'DESC' : 'ASC'}`;
  return { sql, values: [accountId, ...ids] };
}

/**
 * Reads one id of each range, in any order: the one at the range's place among the rows that are within the bounds and
 * match the conditions. Ranges with fewer rows have none.
 */
export function placesQuery(
  scope: Scope,
  ranges: readonly IndexRange[],
  conditions: readonly SqlCondition[],
  places: readonly number[],
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const parts = ranges.map(({ index, equal }, part) => {
    const from = `activities ${indexHint(index)}`;
    const { sql, values } = select('id', from, scope, bounds, [...equalTo(equal), ...conditions], 'LIMIT 1 OFFSET ?');
    return { sql, values: [...values, places[part] ?? 0] };
  });
  return union(parts);
}

function limitTo(take: number | undefined): string {
  return take === undefined ? '' : `LIMIT ${take}`;
}

function union(queries: readonly ReadQuery[]): ReadQuery {
  return {
    sql: queries.map(({ sql }, part) => `SELECT * FROM (${sql}) AS part_${part}`).join(' UNION ALL '),
    values: queries.flatMap(({ values }) => values),
  };
}

/** Returns the conditions of the rows in any of the ranges, which are all combinations of the values of their columns. */
function anyOf(ranges: readonly [IndexRange, ...IndexRange[]]): SqlCondition[] {
  return ranges[0].equal.map(([column], place) => {
    const values = ranges.map((range) => range.equal[place]?.[1] ?? '');
    return oneOf(column, [...new Set(values)]);
  });
}

function equalTo(equal: IndexRange['equal']): SqlCondition[] {
  return equal.map(([column, value]) => oneOf(column, [value]));
}

function select(
  columns: string,
  from: string,
  scope: Scope,
  bounds: IdBounds,
  conditions: readonly SqlCondition[],
  limit: string,
): ReadQuery {
  const { sql: where, values } = whereClause(scope, conditions, bounds);
  return {
    sql: `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY id ${scope.order === 'desc' ? 'DESC' : 'ASC'} ${limit}`,
    values,
  };
}

/** Returns the condition for rows of the account that are in the interval and the bounds and match the conditions. */
export function whereClause(scope: Scope, conditions: readonly SqlCondition[], bounds: IdBounds = {}): ReadQuery {
  const all = [oneOf('account_id', [scope.accountId]), ...conditions, ...idConditions(scope, bounds)];
  return { sql: all.map(({ sql }) => sql).join(' AND '), values: all.flatMap(({ values }) => values) };
}

/** An end of a range of ids. */
interface End {
  readonly id: string;
  readonly isIncluded: boolean;
}

/**
 * Returns one condition for each end of the range of ids. With two conditions for the same end, SQLite would find the
 * start of the range by one of them only, and read the rows before the other one in vain.
 */
function idConditions({ interval, order }: Scope, { after, upTo, through }: IdBounds): SqlCondition[] {
  const lows: End[] = [{ id: lowestIdAt(new Date(interval.from)), isIncluded: true }];
  const highs: End[] = [{ id: lowestIdAt(new Date(interval.to)), isIncluded: false }];
  if (upTo !== undefined) highs.push({ id: upTo, isIncluded: true });
  const [firsts, lasts] = order === 'desc' ? [highs, lows] : [lows, highs];
  if (after !== undefined) firsts.push({ id: after, isIncluded: false });
  if (through !== undefined) lasts.push({ id: through, isIncluded: true });
  const low = lows.reduce((best, end) => (end.id > best.id || isSameButExcluded(end, best) ? end : best));
  const high = highs.reduce((best, end) => (end.id < best.id || isSameButExcluded(end, best) ? end : best));
  return [
    { column: 'id', sql: `id ${low.isIncluded ? '>=' : '>'} ?`, values: [low.id] },
    { column: 'id', sql: `id ${high.isIncluded ? '<=' : '<'} ?`, values: [high.id] },
  ];
}

function isSameButExcluded(end: End, { id }: End): boolean {
  return end.id === id && !end.isIncluded;
}
