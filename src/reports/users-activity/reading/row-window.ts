import type { IndexHint } from '../../../database/read-dialect';
import type { ReadQuery } from '../../../database/sources/read-connection';
import type { WindowPlan } from './read-plan';
import { matchingQuery, placeQuery, placesQuery, rangesQuery, type IdBounds, type Scope } from './report-query';

/**
 * Returns the query for the ids at which a window of about `size` rows can end: the rows that a statement looks at,
 * whether they match or not. If it returns none, the window has all rows within the bounds.
 */
export function windowEndsQuery(
  scope: Scope,
  { ranges }: WindowPlan,
  size: number,
  bounds: IdBounds,
  indexHint: IndexHint,
): ReadQuery {
  if (!ranges) return placeQuery(scope, size - 1, bounds, indexHint);
  const place = Math.max(1, Math.floor(size / ranges.length)) - 1;
  return placesQuery(
    scope,
    ranges,
    [],
    ranges.map(() => place),
    bounds,
    indexHint,
  );
}

/** Returns the last id of a window: the first of the ids at which it can end, in report order. */
export function windowEnd({ order }: Scope, ends: readonly string[]): string | undefined {
  return [...ends].sort()[order === 'desc' ? ends.length - 1 : 0];
}

/**
 * Returns the query for the rows of a window that match the conditions of a plan, in report order.
 * @param bounds the bounds of the window
 * @param take the most rows to return
 */
export function windowQuery(
  columns: string,
  scope: Scope,
  { ranges = [], conditions }: WindowPlan,
  bounds: IdBounds,
  indexHint: IndexHint,
  take?: number,
): ReadQuery {
  const [first, ...others] = ranges;
  return first
    ? rangesQuery(columns, scope, [first, ...others], conditions, bounds, indexHint, take)
    : matchingQuery(columns, scope, conditions, bounds, indexHint, take);
}
