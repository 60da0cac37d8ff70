import { PRIMARY } from '../../../database/index-hints';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { at } from '../../../lib/elements';
import type { Interval } from '../../../lib/time/interval';
import { COUNTED_COLUMNS, countQuery, type CountedRows } from './count-query';
import { keyOfCells, type CountedGroups } from './counted-groups';

/** Most parts of a statement: each has its own SELECT. */
const PARTS_AT_ONCE = 100;

/** Counts the rows of each part with GROUP BY, and returns their number. */
export async function countInDatabase(
  connection: ReadConnection,
  rows: CountedRows,
  cells: readonly string[],
  parts: readonly Interval[],
  groups: CountedGroups,
): Promise<number> {
  let total = 0;
  for (let start = 0; start < parts.length; start += PARTS_AT_ONCE) {
    const some = parts.slice(start, start + PARTS_AT_ONCE);
    total += await countParts(connection, rows, cells, some, start, groups);
  }
  return total;
}

/**
 * Counts by the ids of users first, because sorting their names too would take half as long again. Those without an id, who
 * are few, are counted by name.
 */
async function countParts(
  connection: ReadConnection,
  rows: CountedRows,
  cells: readonly string[],
  parts: readonly Interval[],
  start: number,
  groups: CountedGroups,
): Promise<number> {
  const read = (some: CountedRows, columns: readonly string[], theirParts: readonly Interval[]) =>
    connection.read(countQuery(some, columns, theirParts, connection.indexHint));
  const placeOf = (part: number) => start + part;
  const namePlace = cells.indexOf('user_name');
  if (namePlace < 0) return addRows(await read(rows, cells, parts), placeOf, undefined, groups);
  const columns = cells.filter((cell) => cell !== 'user_name');
  const idPlace = cells.indexOf('user_id') + 1;
  const counted = await read(rows, columns, parts);
  const ofUsers = counted.filter((row) => row[idPlace] !== null);
  const total = addRows(ofUsers, placeOf, namePlace, groups);
  if (ofUsers.length === counted.length) return total;
  const places = [...new Set(counted.filter((row) => row[idPlace] === null).map(([part]) => Number(part)))];
  const others = {
    ...rows,
    conditions: [{ column: 'user_id', sql: 'user_id IS NULL', values: [] }, ...rows.conditions],
    index: rows.index === PRIMARY ? 'activities_by_user' : rows.index,
  };
  const theirParts = places.map((place) => at(parts, place));
  return total + addRows(await read(others, cells, theirParts), (part) => start + at(places, part), undefined, groups);
}

/**
 * Adds rows that `countQuery` has read, and returns the number of rows that they count.
 * @param missing the place of a cell that was not read, because it is null
 */
function addRows(
  counted: readonly ColumnValues[],
  placeOf: (part: number) => number,
  missing: number | undefined,
  groups: CountedGroups,
): number {
  let total = 0;
  for (const row of counted) {
    const end = row.length - COUNTED_COLUMNS;
    const cells = row.slice(1, end);
    if (missing !== undefined) cells.splice(missing, 0, null);
    const count = Number(row[end + 1]);
    groups.add(placeOf(row[0] as number), keyOfCells(cells), row[end] ?? null, count, row[end + 2] ?? null);
    total += count;
  }
  return total;
}
