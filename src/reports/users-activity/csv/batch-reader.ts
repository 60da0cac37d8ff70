import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { last } from '../../../lib/elements';
import type { ActivityFilter } from '../reading/activity-filter';
import { planIndexRanges, type IndexRange } from '../reading/index-range';
import { placesQuery, rangeQuery, rangesQuery, scanQuery, type IdBounds } from '../reading/report-query';

/** The columns that a batch reads, in the order of `CsvColumn`. */
const COLUMNS =
  'id, user_name, activity, outcome, subscription_reference, order_reference, amount, currency, billing_cycles, comment';

/** The filter of an export, with what does not change from batch to batch. */
export interface ExportFilter extends ActivityFilter {
  /** The codes of all activity types of the account. */
  readonly codes: readonly string[];
  /** The highest id to read. */
  readonly upTo?: string | undefined;
}

/** Where the next batch of an export starts. */
export interface ReadPosition {
  /** The last id that was read. */
  readonly after?: string | undefined;
  /** How many rows each index range had in the last batch, if there are several. */
  readonly shares?: readonly number[] | undefined;
}

/** The rows of a batch, and where the next one starts: undefined after the last one. */
export interface RowBatch {
  readonly rows: readonly ColumnValues[];
  readonly next: ReadPosition | undefined;
}

/** The number of rows of a batch: enough to be fast, few enough to need little memory. */
const BATCH_SIZE = 5000;
/** The number of rows of the first batch, which is smaller so that its bytes leave sooner. */
const FIRST_BATCH_SIZE = 1000;

/** By how much more rows a batch expects than the last one had. */
const MAX_GROWTH = 8;

/** Reads one batch of an export. */
export function readBatch(connection: ReadConnection, filter: ExportFilter, position: ReadPosition): Promise<RowBatch> {
  const ranges = planIndexRanges(filter, filter.codes);
  const [first, second] = ranges ?? [];
  if (ranges && first && second) return readRanges(connection, filter, [first, second, ...ranges.slice(2)], position);
  return readSorted(connection, filter, first, position);
}

/** Reads the next rows of the account or of a single index range, which are sorted already. */
async function readSorted(
  connection: ReadConnection,
  filter: ExportFilter,
  range: IndexRange | undefined,
  position: ReadPosition,
): Promise<RowBatch> {
  const take = sizeOf(position);
  const bounds = boundsOf(filter, position);
  const rows = await connection.read(
    range
      ? rangeQuery(COLUMNS, filter, range, take, bounds, connection.indexHint)
      : scanQuery(COLUMNS, filter, take, bounds),
  );
  return { rows, next: rows.length < take ? undefined : { after: idOf(last(rows)) } };
}

/**
 * Reads the next rows of several index ranges. Finds the end of the batch first, so that the query for the rows reads
 * and sorts little more than a batch: the nearest of the ids at which each range has as many rows as are expected of it.
 */
async function readRanges(
  connection: ReadConnection,
  filter: ExportFilter,
  ranges: readonly [IndexRange, IndexRange, ...IndexRange[]],
  position: ReadPosition,
): Promise<RowBatch> {
  const bounds = boundsOf(filter, position);
  const places = expectedRows(position.shares ?? ranges.map(() => 0), sizeOf(position)).map((expected) => expected - 1);
  const ends = (await connection.read(placesQuery(filter, ranges, places, bounds, connection.indexHint))).map(idOf);
  const through = ends.sort()[filter.order === 'desc' ? ends.length - 1 : 0];
  const rows = await connection.read(
    rangesQuery(`${COLUMNS}, user_id`, filter, ranges, { ...bounds, through }, connection.indexHint),
  );
  return {
    rows,
    next: through === undefined ? undefined : { after: through, shares: countRows(rows, ranges) },
  };
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

/** Counts the rows of each range. */
function countRows(rows: readonly ColumnValues[], ranges: readonly IndexRange[]): number[] {
  const keyOf: (row: ColumnValues) => unknown =
    ranges[0]?.index === 'activities_by_user' ? (row) => row[10] : (row) => `${row[2]} ${row[3]}`;
  const counts = new Map<unknown, number>();
  for (const row of rows) {
    const key = keyOf(row);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return ranges.map(({ equal }) => counts.get(equal.map(([, value]) => value).join(' ')) ?? 0);
}

function sizeOf({ after }: ReadPosition): number {
  return after === undefined ? FIRST_BATCH_SIZE : BATCH_SIZE;
}

function boundsOf({ upTo }: ExportFilter, { after }: ReadPosition): IdBounds {
  return { after, upTo };
}

function idOf([id]: ColumnValues): string {
  return String(id);
}
