import { PRIMARY } from '../../../database/index-hints';
import type { ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { at } from '../../../lib/elements';
import type { Interval } from '../../../lib/time/interval';
import { countQuery, type CountedRows } from './count-query';
import type { CountedGroups } from './counted-groups';

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
  const namePlace = cells.indexOf('user_name');
  if (namePlace < 0) {
    const counted = await connection.read(countQuery(rows, cells, parts, connection.indexHint));
    return addRows(counted, cells.length, (part) => start + part, groups);
  }
  const columns = cells.filter((cell) => cell !== 'user_name');
  const idPlace = cells.indexOf('user_id') + 1;
  const counted = await connection.read(countQuery(rows, columns, parts, connection.indexHint));
  const ofUsers = counted.filter((row) => row[idPlace] !== null);
  const withNames = ofUsers.map((row) => [...row.slice(0, idPlace + 1), null, ...row.slice(idPlace + 1)]);
  const total = addRows(withNames, cells.length, (part) => start + part, groups);
  const places = [...new Set(counted.filter((row) => row[idPlace] === null).map(([part]) => Number(part)))];
  if (places.length === 0) return total;
  const others = {
    ...rows,
    conditions: [{ column: 'user_id', sql: 'user_id IS NULL', values: [] }, ...rows.conditions],
    index: rows.index === PRIMARY ? 'activities_by_user' : rows.index,
  };
  const theirParts = places.map((place) => at(parts, place));
  const countedByName = await connection.read(countQuery(others, cells, theirParts, connection.indexHint));
  return total + addRows(countedByName, cells.length, (part) => start + at(places, part), groups);
}

/** Adds rows that `countQuery` has read, and returns the number of rows that they count. */
function addRows(
  counted: readonly ColumnValues[],
  width: number,
  placeOf: (part: number) => number,
  groups: CountedGroups,
): number {
  let total = 0;
  for (const row of counted) {
    const [currency = null, count, sum = null] = row.slice(width + 1);
    groups.add(placeOf(Number(row[0])), row.slice(1, width + 1), currency, Number(count), sum);
    total += Number(count);
  }
  return total;
}
