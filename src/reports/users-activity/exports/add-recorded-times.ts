import { recordedTimesQuery } from '../../../audit/ledger/recorded-times';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { readInstant } from '../../../database/stored-instant';
import { placeOf } from '../formats/record-columns';
import { idOf, type ExportFilter } from './read-position';

const PLACE = placeOf('recorded_at');

/** Adds to the rows of a batch when their records got their places in the ledger. */
export async function addRecordedTimes(
  connection: ReadConnection,
  { accountId }: ExportFilter,
  rows: readonly ColumnValues[],
): Promise<readonly ColumnValues[]> {
  if (rows.length === 0) return rows;
  const entries = await connection.read(recordedTimesQuery(accountId, rows.map(idOf), connection.indexHint));
  const times = new Map(entries.map(([id, recordedAt]) => [id, readInstant(recordedAt as string).getTime()]));
  return rows.map((row) => row.with(PLACE, times.get(idOf(row)) ?? null));
}
