import { createTextTest, SEARCHED_COLUMNS } from '../../../activities/filter/text-search';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import type { ReadPlan } from '../reading/read-plan';
import { windowEnd, windowEndsQuery, windowQuery } from '../reading/row-window';
import { boundsOf, columnsOf, idOf, sizeAfter, sizeOf } from './read-position';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** The rows that the first batch looks at: few, so that its bytes leave soon. */
const FIRST_WINDOW = 500;
/** The most rows that a batch looks at: enough to be fast, few enough that no statement takes long. */
const MAX_WINDOW = 20_000;
/** How many times as many rows a batch looks at as the one before it, up to the most. */
const GROWTH = 10;

/**
 * Looks at the next rows of a filter that few of them may match, and returns those that do. A batch can be empty
 * although it is not the last one.
 */
export async function readWindow(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: ReadPlan,
  position: ReadPosition,
): Promise<RowBatch> {
  const { scan = FIRST_WINDOW } = position;
  const bounds = boundsOf(filter, position);
  const ends = await connection.read(windowEndsQuery(filter, plan, scan, bounds, connection.indexHint));
  const through = windowEnd(filter, ends.map(idOf));
  const rows = await readMatching(connection, filter, plan, { ...bounds, through });
  if (through === undefined) return { rows, next: undefined };
  const size = rows.length === 0 ? sizeOf(position) : sizeAfter(rows, position);
  const expected = Math.ceil((size * scan) / Math.max(rows.length, 1));
  return { rows, next: { after: through, size, scan: Math.min(expected, scan * GROWTH, MAX_WINDOW) } };
}

async function readMatching(
  connection: ReadConnection,
  filter: ExportFilter,
  plan: ReadPlan,
  bounds: Parameters<typeof windowQuery>[3],
): Promise<readonly ColumnValues[]> {
  const test = createTextTest(filter);
  // The texts that are searched come after the columns of the export.
  const columns = test ? [columnsOf(filter), ...SEARCHED_COLUMNS.map(asSearched)].join(', ') : columnsOf(filter);
  const rows = await connection.read(windowQuery(columns, filter, plan, bounds, connection.indexHint));
  return test ? rows.filter((row) => test(row.slice(-SEARCHED_COLUMNS.length))) : rows;
}

/** Names a column that is selected a second time. */
function asSearched(column: string): string {
  return `${column} AS searched_${column}`;
}
