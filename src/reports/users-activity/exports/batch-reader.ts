import type { SqlCondition } from '../../../activities/filter/sql-conditions';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { last } from '../../../lib/elements';
import type { IndexRange } from '../reading/index-range';
import { planReading, type ReadPlan } from '../reading/read-plan';
import { placesQuery, rangeQuery, rangesQuery, scanQuery } from '../reading/report-query';
import { windowEnd } from '../reading/row-window';
import { checkDensity, scanRows, usuallyIncludesMost } from './dense-batch';
import { findWindowEnd, readSelectively } from './window-batch';
import { boundsOf, columnsOf, idOf, sizeAfter, sizeOf } from './read-position';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** Maximum factor by which an index range is expected to have more rows than in the last batch. */
const MAX_GROWTH = 8;
/** The first and the maximum number of rows of all users together that a batch looks at if few of them may match. */
const FIRST_REACH = 500;
const MAX_REACH = 100_000;
/** The factors by which this number grows after a batch that ended because of it, and shrinks after another one. */
const REACH_GROWTH = { up: 4, down: 0.75 } as const;

/**
 * Reads one batch of an export: from index ranges; or by a scan of the account's rows if the filter excludes none or the
 * last batches had most of them; or from windows of bounded size if few of their rows may match.
 */
export async function readBatch(
  connection: ReadConnection,
  filter: ExportFilter,
  position: ReadPosition,
): Promise<RowBatch> {
  const plan = planReading(filter, filter.codes);
  const { ranges, conditions, isSelective } = plan;
  if (ranges?.length === 0) return { rows: [], next: undefined };
  if (isSelective) return readSelectively(connection, filter, plan, position);
  const isFirst = position.after === undefined;
  if (position.scan !== undefined || (isFirst && usuallyIncludesMost(filter)))
    return scanRows(connection, filter, position);
  const [first, second, ...others] = ranges ?? [];
  if (!first) return readSorted(connection, filter, undefined, conditions, position);
  const batch = second
    ? await readRanges(connection, filter, { ...plan, ranges: [first, second, ...others] }, position)
    : await readSorted(connection, filter, first, conditions, position);
  return { rows: batch.rows, next: await checkDensity(connection, filter, position, batch) };
}

/** Reads the next rows of the account or of a single index range, which are sorted already. */
async function readSorted(
  connection: ReadConnection,
  filter: ExportFilter,
  range: IndexRange | undefined,
  conditions: readonly SqlCondition[],
  position: ReadPosition,
): Promise<RowBatch> {
  const take = sizeOf(position);
  const bounds = boundsOf(filter, position);
  const rows = await connection.read(
    range
      ? rangeQuery(columnsOf(filter), filter, range, conditions, take, bounds, connection.indexHint)
      : scanQuery(columnsOf(filter), filter, take, bounds),
  );
  const size = sizeAfter(rows, position);
  return { rows, next: rows.length < take ? undefined : { after: idOf(last(rows)), size } };
}

/** The plan for several index ranges. */
type RangesPlan = ReadPlan & { readonly ranges: readonly [IndexRange, IndexRange, ...IndexRange[]] };

/**
 * Reads the next rows of several index ranges. Finds the end of the batch first, so that the query for the rows reads
 * and sorts little more than a batch. The batch ends where the first of the ranges has as many rows as expected of it, or
 * where enough rows have been looked at.
 */
async function readRanges(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: RangesPlan,
  position: ReadPosition,
): Promise<RowBatch> {
  const { ranges, conditions, isSelectiveByUser } = plan;
  const { reach = FIRST_REACH } = position;
  const bounds = boundsOf(filter, position);
  const furthest = isSelectiveByUser ? await findWindowEnd(connection, filter, plan, position, reach) : undefined;
  const places = expectedRows(position.shares ?? ranges.map(() => 0), sizeOf(position)).map((expected) => expected - 1);
  const within = { ...bounds, through: furthest };
  const ends = await connection.read(placesQuery(filter, ranges, conditions, places, within, connection.indexHint));
  const through = windowEnd(filter, ends.map(idOf)) ?? furthest;
  const columns = `${columnsOf(filter)}, ${ranges[0].equal[0][0]} AS range_key`;
  const batch = { ...bounds, through };
  const rows = await connection.read(rangesQuery(columns, filter, ranges, conditions, batch, connection.indexHint));
  if (through === undefined) return { rows, next: undefined };
  const next = { after: through, size: sizeAfter(rows, position), shares: countRows(rows, ranges) };
  return { rows, next: isSelectiveByUser ? { ...next, reach: reachAfter(reach, ends.length === 0) } : next };
}

/** Returns how many rows to look at in the next batch. */
function reachAfter(reach: number, hasEndedBatch: boolean): number {
  return hasEndedBatch
    ? Math.min(reach * REACH_GROWTH.up, MAX_REACH)
    : Math.max(Math.ceil(reach * REACH_GROWTH.down), FIRST_REACH);
}

/**
 * Returns how many rows to expect of each index range in a batch of `size` rows, given those that it had in the last
 * batch. The numbers are somewhat too high, so that ranges with few rows do not end the batch too soon.
 */
function expectedRows(shares: readonly number[], size: number): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return shares.map(() => Math.ceil(size / shares.length));
  const growth = Math.min(size / total, MAX_GROWTH);
  const least = Math.max(3, Math.ceil(size / shares.length / 20));
  return shares.map((share) => Math.ceil(share * growth + 3 * Math.sqrt(share * growth)) + least);
}

/** Counts the rows of each range. Their last column is the first column of the index. */
function countRows(rows: readonly ColumnValues[], ranges: readonly IndexRange[]): number[] {
  const keyOf: (row: ColumnValues) => unknown =
    ranges[0]?.index === 'activities_by_activity' ? (row) => `${row[2]} ${row[3]}` : (row) => row.at(-1);
  const counts = new Map<unknown, number>();
  for (const row of rows) {
    const key = keyOf(row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return ranges.map(({ equal }) => counts.get(equal.map(([, value]) => value).join(' ')) ?? 0);
}
