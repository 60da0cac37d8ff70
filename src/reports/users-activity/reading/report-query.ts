import { PRIMARY, type IndexHint } from '../../../database/index-hints';
import type { ReadQuery } from '../../../database/sources/read-connection';
import { lowestIdAt } from '../../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';
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

/** A column and the values to accept. */
type ColumnFilter = readonly [column: string, values: readonly string[]];

/** Reads the rows of the account in report order, and skips those that do not match the filter. */
export function scanQuery(columns: string, filter: ActivityFilter, take: number, bounds: IdBounds): ReadQuery {
  const { activities, outcomes } = filter;
  const among: ColumnFilter[] = [
    ['activity', activities],
    ['outcome', outcomes],
  ];
  return select(columns, 'activities', filter, bounds, among, `LIMIT ${take}`);
}

/** Reads all rows within the bounds that match the filter, in report order, by a scan of the account's rows. */
export function matchingQuery(
  columns: string,
  filter: ActivityFilter,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const { userIds, activities, outcomes } = filter;
  const among: ColumnFilter[] = [
    ['user_id', userIds],
    ['activity', activities],
    ['outcome', outcomes],
  ];
  return select(columns, `activities ${indexHint(PRIMARY)}`, filter, bounds, among, '');
}

/** Reads the id of the account's row at a place, in report order and counted from 0, whether it matches or not. */
export function placeQuery(scope: Scope, place: number, bounds: IdBounds, indexHint: IndexHint): ReadQuery {
  const { sql, values } = select('id', `activities ${indexHint(PRIMARY)}`, scope, bounds, [], 'LIMIT 1 OFFSET ?');
  return { sql, values: [...values, place] };
}

/** Reads the first `take` rows of one index range, in report order. */
export function rangeQuery(
  columns: string,
  scope: Scope,
  { index, equal, among }: IndexRange,
  take: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const from = `activities ${indexHint(index)}`;
  return select(columns, from, scope, bounds, [...asLists(equal), ...among], `LIMIT ${take}`);
}

/**
 * Reads the rows of several ranges of one index, in report order. The bounds must contain few rows, because the
 * database sorts them.
 */
export function rangesQuery(
  columns: string,
  scope: Scope,
  ranges: readonly [IndexRange, ...IndexRange[]],
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const [{ index, equal, among }] = ranges;
  const from = `activities ${indexHint(index)}`;
  const lists = equal.map(([column], place): ColumnFilter => {
    const values = ranges.map((range) => range.equal[place]?.[1] ?? '');
    return [column, [...new Set(values)]];
  });
  return select(columns, from, scope, bounds, [...lists, ...among], '');
}

/** Reads the first `take` ids of each range, in any order. */
export function idsQuery(
  scope: Scope,
  ranges: readonly IndexRange[],
  take: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  return union(ranges.map((range) => rangeQuery('id', scope, range, take, bounds, indexHint)));
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

/** Reads the id at a place of each range: those ranges that have so many rows within the bounds, in any order. */
export function placesQuery(
  scope: Scope,
  ranges: readonly IndexRange[],
  places: readonly number[],
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  const parts = ranges.map(({ index, equal, among }, part) => {
    const from = `activities ${indexHint(index)}`;
    const { sql, values } = select('id', from, scope, bounds, [...asLists(equal), ...among], 'LIMIT 1 OFFSET ?');
    return { sql, values: [...values, places[part] ?? 0] };
  });
  return union(parts);
}

function union(queries: readonly ReadQuery[]): ReadQuery {
  return {
    sql: queries.map(({ sql }, part) => `SELECT * FROM (${sql}) AS part_${part}`).join(' UNION ALL '),
    values: queries.flatMap(({ values }) => values),
  };
}

function asLists(equal: IndexRange['equal']): ColumnFilter[] {
  return equal.map(([column, value]) => [column, [value]]);
}

function select(
  columns: string,
  from: string,
  scope: Scope,
  bounds: IdBounds,
  filters: readonly ColumnFilter[],
  limit: string,
): ReadQuery {
  const conditions: (readonly [sql: string, values: readonly string[]])[] = [
    ['account_id = ?', [scope.accountId]],
    ...filters.filter(([, values]) => values.length > 0).map(asCondition),
    ...idConditions(scope, bounds),
  ];
  const where = conditions.map(([sql]) => sql).join(' AND ');
  return {
    sql: `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY id ${scope.order === 'desc' ? 'DESC' : 'ASC'} ${limit}`,
    values: conditions.flatMap(([, values]) => values),
  };
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
function idConditions(
  { interval, order }: Scope,
  { after, upTo, through }: IdBounds,
): (readonly [sql: string, values: readonly string[]])[] {
  const lows: End[] = [{ id: lowestIdAt(new Date(interval.from)), isIncluded: true }];
  const highs: End[] = [{ id: lowestIdAt(new Date(interval.to)), isIncluded: false }];
  if (upTo !== undefined) highs.push({ id: upTo, isIncluded: true });
  const [firsts, lasts] = order === 'desc' ? [highs, lows] : [lows, highs];
  if (after !== undefined) firsts.push({ id: after, isIncluded: false });
  if (through !== undefined) lasts.push({ id: through, isIncluded: true });
  const low = lows.reduce((best, end) => (end.id > best.id || isSameButExcluded(end, best) ? end : best));
  const high = highs.reduce((best, end) => (end.id < best.id || isSameButExcluded(end, best) ? end : best));
  return [
    [`id ${low.isIncluded ? '>=' : '>'} ?`, [low.id]],
    [`id ${high.isIncluded ? '<=' : '<'} ?`, [high.id]],
  ];
}

function isSameButExcluded(end: End, { id }: End): boolean {
  return end.id === id && !end.isIncluded;
}

function asCondition([column, values]: ColumnFilter): readonly [sql: string, values: readonly string[]] {
  return values.length === 1
    ? [`${column} = ?`, values]
    : [`${column} IN (${values.map(() => '?').join(', ')})`, values];
}
