import { SEARCHED_COLUMNS, type TextTest } from '../../../activities/filter/text-search';
import type { ColumnValue, ReadConnection } from '../../../database/sources/read-connection';
import { at, last } from '../../../lib/elements';
import { lowestIdAt, momentOf } from '../../../lib/time-ordered-id';
import { nextRowsQuery, type CountedPart, type CountedRows } from './count-query';
import { keyOfCells, PERSON_CELLS, type CountedGroups } from './counted-groups';
import { hourAt } from './time-bucket';

/** Rows that are read at once. */
const ROWS_AT_ONCE = 2000;
/** The columns that are read before those of the groupings. */
const FIRST_COLUMNS = ['id', 'currency', 'amount'] as const;

/** The rows of a group so far. */
interface Group {
  readonly part: number;
  readonly hour: number;
  readonly key: string;
  readonly currency: ColumnValue;
  count: number;
  sum: bigint | null;
}

/**
 * Reads the rows of all parts, counts those that pass a test that the database cannot run, and returns the number of rows that
 * were read.
 */
export async function countByRow(
  connection: ReadConnection,
  rows: CountedRows,
  cells: readonly string[],
  parts: readonly CountedPart[],
  groups: CountedGroups,
  test: TextTest | undefined,
): Promise<number> {
  const columns = [...FIRST_COLUMNS, ...cells, ...(test ? SEARCHED_COLUMNS : [])];
  const cellsEnd = FIRST_COLUMNS.length + cells.length;
  const idPlace = cells.indexOf('user_id');
  const personPlaces = PERSON_CELLS.map((cell) => cells.indexOf(cell));
  const { to } = last(parts);
  const byKey = new Map<string, Group>();
  let [part, total] = [0, 0];
  let next = { id: lowestIdAt(new Date(at(parts, 0).from)), isIncluded: true };
  for (;;) {
    const found = await connection.read(nextRowsQuery(rows, columns, next, to, ROWS_AT_ONCE, connection.indexHint));
    total += found.length;
    for (const row of found) {
      if (test && !test(row.slice(cellsEnd))) continue;
      const moment = momentOf(row[0] as string);
      while (moment >= at(parts, part).to) part++;
      const { offset } = at(parts, part);
      const values = row.slice(FIRST_COLUMNS.length, cellsEnd);
      if (idPlace >= 0 && values[idPlace] !== null) for (const place of personPlaces) values[place] = null;
      const hour = offset === undefined ? 0 : hourAt(moment, offset);
      addRow(byKey, part, hour, keyOfCells(values), row[1] ?? null, row[2] ?? null);
    }
    if (found.length < ROWS_AT_ONCE) break;
    next = { id: String(last(found)[0]), isIncluded: false };
  }
  for (const { part: place, hour, key, currency, count, sum } of byKey.values())
    groups.add(place, hour, key, currency, count, sum);
  return total;
}

function addRow(
  groups: Map<string, Group>,
  part: number,
  hour: number,
  key: string,
  currency: ColumnValue,
  amount: ColumnValue,
): void {
  const place = `${part} ${hour} ${currency ?? ''} ${key}`;
  let group = groups.get(place);
  if (group === undefined) groups.set(place, (group = { part, hour, key, currency, count: 0, sum: null }));
  group.count++;
  if (currency !== null && amount !== null) group.sum = (group.sum ?? 0n) + BigInt(amount);
}
