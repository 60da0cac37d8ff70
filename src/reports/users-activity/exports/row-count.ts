import type { ReadConnection } from '../../../database/sources/read-connection';
import { placeQuery } from '../reading/report-query';
import { readBatch } from './batch-reader';
import { boundsOf, idOf, type ExportFilter, type ReadPosition } from './read-position';

/** The task of finding the row at a place among all rows of the account in an interval. */
export interface PlaceTask {
  /** Only the account, the interval and the order matter. */
  readonly filter: ExportFilter;
  /** The id after which to count. */
  readonly after: string | undefined;
  /** The place of the row, counted from 0. */
  readonly place: number;
}

/** Returns the id of the account's row at a place, whether it matches the filter or not; undefined if there is none. */
export async function findRowAt(connection: ReadConnection, { filter, after, place }: PlaceTask) {
  const query = placeQuery(filter, place, boundsOf(filter, { after }), connection.indexHint);
  const [row] = await connection.read(query);
  return { id: row && idOf(row) };
}

/** A step of counting the rows of an export. */
export interface CountTask {
  readonly filter: ExportFilter;
  readonly position: ReadPosition | undefined;
}

/** Counts the rows of the next batch of an export. */
export async function countBatch(connection: ReadConnection, { filter, position = {} }: CountTask) {
  const { rows, next } = await readBatch(connection, filter, position);
  return { count: rows.length, next };
}
