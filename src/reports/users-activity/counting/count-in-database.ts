import { followedByDot } from '../../../activities/filter/sql-conditions';
import { PRIMARY } from '../../../database/read-dialect';
import type { ColumnValue, ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { at, partsOf } from '../../../lib/elements';
import { COUNTED_COLUMNS, countQuery, readHour, type CountedPart, type CountedRows } from './count-query';
import { keyOfCells, PERSON_CELLS, type CountedGroups } from './counted-groups';

/** Maximum number of parts in one statement; each has its own SELECT. */
const PARTS_AT_ONCE = 100;
/** Maximum number of values in one statement, below SQLite's limit of 32,766. */
const VALUES_AT_ONCE = 30_000;
/** The values of a part besides those of the conditions: the account, and the ends of the part. */
const VALUES_OF_PART = 3;
/**
 * The columns that distinguish people, as a statement groups by them. Without the dot, MySQL and MariaDB would ignore
 * spaces at the end of a name.
 */
const PERSON_COLUMNS = PERSON_CELLS.map(followedByDot);
const NO_PERSON: readonly null[] = PERSON_CELLS.map(() => null);

/** Reads the groups of parts. */
type ReadGroups = (
  rows: CountedRows,
  columns: readonly string[],
  parts: readonly CountedPart[],
) => Promise<ColumnValues[]>;

/** Counts the rows of each part with GROUP BY, and returns their number. */
export async function countInDatabase(
  connection: ReadConnection,
  rows: CountedRows,
  cells: readonly string[],
  parts: readonly CountedPart[],
  groups: CountedGroups,
): Promise<number> {
  const read: ReadGroups = (some, columns, theirParts) =>
    connection.read(countQuery(some, columns, theirParts, connection));
  let total = 0;
  for (const places of partsOf([...parts.keys()], countAtOnce(rows)))
    total += await countParts(read, rows, cells, parts, places, groups);
  return total;
}

/** Returns the number of parts that one statement can count. */
function countAtOnce({ conditions }: CountedRows): number {
  const values = conditions.reduce((sum, condition) => sum + condition.values.length, VALUES_OF_PART);
  return Math.max(1, Math.min(PARTS_AT_ONCE, Math.floor(VALUES_AT_ONCE / values)));
}

/**
 * Counts by the ids of users first, because sorting their names too would take half as long again. Those without an id, who
 * are few, are counted by email address and name.
 * @param places the places of the parts to count among all parts
 */
async function countParts(
  read: ReadGroups,
  rows: CountedRows,
  cells: readonly string[],
  all: readonly CountedPart[],
  places: readonly number[],
  groups: CountedGroups,
): Promise<number> {
  const parts = places.map((place) => at(all, place));
  const personPlace = cells.findIndex(isPersonCell);
  if (personPlace < 0) return addRows(await read(rows, cells, parts), all, places, (values) => values, groups);
  const columns = cells.filter((cell) => !isPersonCell(cell));
  const counted = await read(rows, columns, parts);
  // From the end of a row, because there may be an hour before the columns.
  const idPlace = columns.indexOf('user_id') - columns.length - COUNTED_COLUMNS;
  const ofUsers = counted.filter((row) => row.at(idPlace) !== null);
  const withoutPerson = (values: ColumnValues) => values.toSpliced(personPlace, 0, ...NO_PERSON);
  const total = addRows(ofUsers, all, places, withoutPerson, groups);
  if (ofUsers.length === counted.length) return total;
  const others = {
    ...rows,
    conditions: [{ column: 'user_id', sql: 'user_id IS NULL', values: [] }, ...rows.conditions],
    index: rows.index === PRIMARY ? 'activities_by_user' : rows.index,
  };
  const ofOthers = counted.filter((row) => row.at(idPlace) === null);
  const theirPlaces = [...new Set(ofOthers.map(([part]) => at(places, Number(part))))];
  const theirParts = theirPlaces.map((place) => at(all, place));
  const theirColumns = cells.toSpliced(personPlace, PERSON_COLUMNS.length, ...PERSON_COLUMNS);
  const withoutDots = (values: ColumnValues) =>
    values.map((value, place) => (isPersonCell(at(cells, place)) ? withoutDot(value) : value));
  const counts = await read(others, theirColumns, theirParts);
  return total + addRows(counts, all, theirPlaces, withoutDots, groups);
}

function isPersonCell(cell: string): boolean {
  return (PERSON_CELLS as readonly string[]).includes(cell);
}

/** Removes the dot of `followedByDot`. A dot alone is null, because SQLite's CONCAT treats null as an empty text. */
function withoutDot(value: ColumnValue): ColumnValue {
  return value === null || value === '.' ? null : String(value).slice(0, -1);
}

/**
 * Adds rows that `countQuery` has read, and returns the number of rows that they count.
 * @param places the place of each part of the statement among all parts
 */
function addRows(
  counted: readonly ColumnValues[],
  parts: readonly CountedPart[],
  places: readonly number[],
  cellsOf: (values: ColumnValues) => ColumnValues,
  groups: CountedGroups,
): number {
  let total = 0;
  for (const row of counted) {
    const part = at(places, Number(row[0]));
    const { offset } = at(parts, part);
    const hour = offset === undefined ? 0 : readHour(row[1] ?? null, offset);
    const end = row.length - COUNTED_COLUMNS;
    const cells = cellsOf(row.slice(offset === undefined ? 1 : 2, end));
    const count = Number(row[end + 1]);
    groups.add(part, hour, keyOfCells(cells), row[end] ?? null, count, row[end + 2] ?? null);
    total += count;
  }
  return total;
}
