import { SEARCHED_COLUMNS, type TextTest } from '../../../activities/filter/text-search';
import type { ColumnValue, ReadConnection } from '../../../database/sources/read-connection';
import { at, last } from '../../../lib/elements';
import { lowestIdAt, momentOf } from '../../../lib/time-ordered-id';
import type { Interval } from '../../../lib/time/interval';
import { nextRowsQuery, type CountedRows } from './count-query';
import { keyOfCells, type CountedGroups } from './counted-groups';

/** Rows that are read at once. */
const ROWS_AT_ONCE = 2000;
/** The columns that are read before those of the groupings. */
const FIRST_COLUMNS = ['id', 'currency', 'amount'] as const;

/** The rows of a group so far. */
interface Group {
  readonly part: number;
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
  parts: readonly Interval[],
  groups: CountedGroups,
  test: TextTest | undefined,
): Promise<number> {
  const columns = [...FIRST_COLUMNS, ...cells, ...(test ? SEARCHED_COLUMNS : [])];
  const cellsEnd = FIRST_COLUMNS.length + cells.length;
  const [idPlace, namePlace] = [cells.indexOf('user_id'), cells.indexOf('user_name')];
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
      const values = row.slice(FIRST_COLUMNS.length, cellsEnd);
      if (namePlace >= 0 && values[idPlace] !== null) values[namePlace] = null;
      addRow(byKey, part, keyOfCells(values), row[1] ?? null, row[2] ?? null);
    }
    if (found.length < ROWS_AT_ONCE) break;
    next = { id: String(last(found)[0]), isIncluded: false };
  }
  for (const { part: place, key, currency, count, sum } of byKey.values()) groups.add(place, key, currency, count, sum);
  return total;
}

function addRow(
  groups: Map<string, Group>,
  part: number,
  key: string,
  currency: ColumnValue,
  amount: ColumnValue,
): void {
  const place = `${part} ${currency ?? ''} ${key}`;
  let group = groups.get(place);
  if (group === undefined) groups.set(place, (group = { part, key, currency, count: 0, sum: null }));
  group.count++;
  if (currency !== null && amount !== null) group.sum = (group.sum ?? 0n) + BigInt(amount);
}
