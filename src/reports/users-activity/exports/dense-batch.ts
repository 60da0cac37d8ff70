import { includedActivities } from '../../../activities/filter/activity-filter';
import { sqlConditions } from '../../../activities/filter/sql-conditions';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { last } from '../../../lib/elements';
import type { WindowPlan } from '../reading/read-plan';
import { placeQuery, scanQuery } from '../reading/report-query';
import { boundsOf, columnsOf, idOf, sizeAfter, sizeOf } from './read-position';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';
import { readWindow, type WindowRows } from './window-batch';

/** A scan is faster than index ranges if at least one of this number of rows matches. */
const DENSE = 4;
/** Index ranges replace a scan if less than one of this number of rows matches. */
const SPARSE = 8;
/** The rows are read without a condition, and tested here, if at least one of this number of rows matches. */
const MOST = 2;
/** Batches of index ranges between two checks whether a scan is faster. */
const CHECK_INTERVAL = 16;

/**
 * Returns the position after a batch that was read from index ranges. From time to time it checks how many of the
 * account's rows matched, and lets the next batch scan if they were many. The check reads at most `DENSE` ids for each row.
 */
export async function checkDensity(
  connection: ReadConnection,
  filter: ExportFilter,
  position: ReadPosition,
  { rows, next }: RowBatch,
): Promise<ReadPosition | undefined> {
  const { batchesToCheck = 0 } = position;
  if (!next || batchesToCheck > 0) return next && { ...next, batchesToCheck: batchesToCheck - 1 };
  const bounds = { ...boundsOf(filter, position), through: next.after };
  const others = await connection.read(placeQuery(filter, rows.length * DENSE, bounds, connection.indexHint));
  return others.length === 0
    ? { after: next.after, size: next.size, scan: sizeOf(next) * 2 }
    : { ...next, batchesToCheck: CHECK_INTERVAL };
}

/** Returns whether a filter usually includes most rows of an account: if it is by outcome alone, and includes `success`. */
export function usuallyIncludesMost(filter: ExportFilter): boolean {
  return sqlConditions(filter).every(({ column }) => column === 'outcome') && filter.outcomes.includes('success');
}

/**
 * Scans the next rows of the account, and returns those that match the filter. Reads them all if the last scan returned
 * most of them and this file can test the filter; otherwise lets the database test it.
 */
export async function scanRows(
  connection: ReadConnection,
  filter: ExportFilter,
  position: ReadPosition,
): Promise<RowBatch> {
  const { scan = sizeOf(position) * MOST, hasMost = false } = position;
  const test = hasMost ? createTest(filter) : undefined;
  const { rows, through } = test
    ? await readAll(connection, filter, position, scan, test)
    : await readWindow(connection, filter, scanPlan(filter), position, scan);
  if (through === undefined) return { rows, next: undefined };
  if (rows.length * SPARSE < scan)
    return { rows, next: { after: through, size: sizeOf(position), batchesToCheck: CHECK_INTERVAL } };
  const size = sizeAfter(rows, position);
  return {
    rows,
    next: {
      after: through,
      size,
      scan: Math.min(Math.ceil((size * scan) / rows.length), size * DENSE),
      hasMost: rows.length * MOST >= scan,
    },
  };
}

/** Returns the plan to look at all rows of the account. */
function scanPlan(filter: ExportFilter): WindowPlan {
  return { ranges: undefined, conditions: sqlConditions(filter) };
}

/** Reads all rows of the scan, so that the database passes over them only once. */
async function readAll(
  connection: ReadConnection,
  filter: ExportFilter,
  position: ReadPosition,
  scan: number,
  test: (row: ColumnValues) => boolean,
): Promise<WindowRows> {
  const rows = await connection.read(scanQuery(columnsOf(filter), filter, scan, boundsOf(filter, position)));
  return { rows: rows.filter(test), through: rows.length < scan ? undefined : idOf(last(rows)) };
}

/** Returns the test for a filter by activity type and outcome; undefined if the filter has other conditions. */
function createTest(filter: ExportFilter): ((row: ColumnValues) => boolean) | undefined {
  const { excludedActivities, outcomes } = filter;
  if (!sqlConditions(filter).every(({ column }) => column === 'activity' || column === 'outcome')) return undefined;
  const included = includedActivities(filter);
  const activities = new Set<unknown>(included ?? excludedActivities);
  const hasOutcome = new Set<unknown>(outcomes);
  return ([, , activity, outcome]) =>
    activities.has(activity) === (included !== undefined) && (outcomes.length === 0 || hasOutcome.has(outcome));
}
