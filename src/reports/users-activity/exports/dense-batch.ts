import type { ReadConnection } from '../../../database/sources/read-connection';
import { matchingQuery, placeQuery } from '../reading/report-query';
import { sqlConditions } from '../reading/sql-conditions';
import { boundsOf, columnsOf, idOf, sizeAfter, sizeOf } from './read-position';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** A scan is faster than index ranges if at least one of so many rows matches. */
const DENSE = 4;
/** A scan gives way to index ranges if less than one of so many rows matches. */
const SPARSE = 8;
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

/**
 * Scans the next rows of the account, and returns those that match the filter. Finds the last row to scan first, so that
 * no query reads far for few rows.
 */
export async function scanRows(
  connection: ReadConnection,
  filter: ExportFilter,
  position: ReadPosition,
): Promise<RowBatch> {
  const { scan = sizeOf(position) * DENSE } = position;
  const bounds = boundsOf(filter, position);
  const [end] = await connection.read(placeQuery(filter, scan - 1, bounds, connection.indexHint));
  const through = end && idOf(end);
  const conditions = sqlConditions(filter);
  const query = matchingQuery(columnsOf(filter), filter, conditions, { ...bounds, through }, connection.indexHint);
  const rows = await connection.read(query);
  if (through === undefined) return { rows, next: undefined };
  const size = sizeAfter(rows, position);
  const isSparse = rows.length * SPARSE < scan;
  return {
    rows,
    next: isSparse
      ? { after: through, size, batchesToCheck: CHECK_INTERVAL }
      : { after: through, size, scan: Math.min(Math.ceil((size * scan) / rows.length), size * DENSE) },
  };
}
