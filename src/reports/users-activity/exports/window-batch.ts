import { createTextTest, SEARCHED_COLUMNS } from '../../../activities/filter/text-search';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { isCovered, type WindowPlan } from '../reading/read-plan';
import { unsortedRangesQuery } from '../reading/report-query';
import { windowEnd, windowEndsQuery, windowQuery } from '../reading/row-window';
import { boundsOf, columnsOf, idOf, sizeAfter, sizeOf } from './read-position';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** Number of rows that the first batch looks at: few, so that its bytes leave soon. */
const FIRST_WINDOW = 500;
/** Maximum number of rows that a batch looks at: enough to be fast, few enough that no statement takes long. */
const MAX_WINDOW = 20_000;
/** The factor by which each batch looks at more rows than the one before it, up to `MAX_WINDOW`. */
const GROWTH = 10;

/**
 * Reads the next batch for a filter that few rows may match: looks at a bounded number of rows, and returns those that
 * match. A batch can be empty although it is not the last one.
 */
export async function readSelectively(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: WindowPlan,
  position: ReadPosition,
): Promise<RowBatch> {
  const { scan = FIRST_WINDOW } = position;
  const { rows, through } = await readWindow(connection, filter, plan, position, scan);
  if (through === undefined) return { rows, next: undefined };
  const size = rows.length === 0 ? sizeOf(position) : sizeAfter(rows, position);
  const expected = Math.ceil((size * scan) / Math.max(rows.length, 1));
  return { rows, next: { after: through, size, scan: Math.min(expected, scan * GROWTH, MAX_WINDOW) } };
}

/** The rows of a window that match the filter. */
export interface WindowRows {
  readonly rows: readonly ColumnValues[];
  /** The last id of the window; undefined if there are no rows after it. */
  readonly through: string | undefined;
}

/**
 * Reads the next window: about `size` rows, whether they match or not. Finds its end first, so that the query for the
 * matching rows does not read far for few rows.
 */
export async function readWindow(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: WindowPlan,
  position: ReadPosition,
  size: number,
): Promise<WindowRows> {
  const through = await findWindowEnd(connection, filter, plan, position, size);
  const bounds = { ...boundsOf(filter, position), through };
  return { rows: await readMatching(connection, filter, plan, bounds), through };
}

/** Finds the last id of the next window of about `size` rows, whether they match or not; undefined if it has all rows. */
export async function findWindowEnd(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: WindowPlan,
  position: ReadPosition,
  size: number,
): Promise<string | undefined> {
  const query = windowEndsQuery(filter, plan, size, boundsOf(filter, position), connection.indexHint);
  return windowEnd(filter, (await connection.read(query)).map(idOf));
}

async function readMatching(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: WindowPlan,
  bounds: Parameters<typeof windowQuery>[3],
): Promise<readonly ColumnValues[]> {
  const test = createTextTest(filter);
  // The texts that are searched come after the columns of the export.
  const columns = test ? [columnsOf(filter), ...SEARCHED_COLUMNS.map(asSearched)].join(', ') : columnsOf(filter);
  const [first, ...others] = plan.ranges ?? [];
  if (first && !test && isCovered(plan)) {
    const { conditions } = plan;
    const ranges = [first, ...others] as const;
    const query = unsortedRangesQuery(columns, filter, ranges, conditions, bounds, connection.indexHint);
    return sorted(filter, await connection.read(query));
  }
  const rows = await connection.read(windowQuery(columns, filter, plan, bounds, connection.indexHint));
  return test ? rows.filter((row) => test(row.slice(-SEARCHED_COLUMNS.length))) : rows;
}

/** Returns rows in report order. */
function sorted({ order }: ExportFilter, rows: readonly ColumnValues[]): readonly ColumnValues[] {
  const ascending = rows.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  return order === 'desc' ? ascending.reverse() : ascending;
}

/** Names a column that is selected a second time. */
function asSearched(column: string): string {
  return `${column} AS searched_${column}`;
}
