import type { SqlCondition } from '../../../activities/filter/sql-conditions';
import type { HourOf, IndexHint } from '../../../database/read-dialect';
import type { ColumnValue, ReadConnection, ReadQuery } from '../../../database/sources/read-connection';
import { lowestIdAt } from '../../../lib/time-ordered-id';
import type { Interval } from '../../../lib/time/interval';
import { modulo } from './time-bucket';

const HOUR = 60 * 60_000;

/** The rows of an account that are counted. */
export interface CountedRows {
  readonly accountId: string;
  readonly conditions: readonly SqlCondition[];
  /** The index by which they are read. */
  readonly index: string;
}

/** A part of an interval whose rows are counted by themselves. */
export interface CountedPart extends Interval {
  /** The offset of the time zone from UTC in the whole part, in milliseconds, if its rows are grouped by hour. */
  readonly offset?: number;
}

/** The number of columns after those of the groupings: currency, number of rows and sum. */
export const COUNTED_COLUMNS = 3;

/**
 * Counts the rows of each part of an interval, and sums their amounts, in one statement. Each row of the result has the place
 * of the part, the hour if the part has an offset, the columns, the currency, the number of rows, and the sum as a text,
 * because it can be larger than an exact number of JavaScript.
 */
export function countQuery(
  { accountId, conditions, index }: CountedRows,
  columns: readonly string[],
  parts: readonly CountedPart[],
  { indexHint, hourOf }: Pick<ReadConnection, 'indexHint' | 'hourOf'>,
): ReadQuery {
  const where = ['account_id = ?', 'id >= ?', 'id < ?', ...conditions.map(({ sql }) => sql)].join(' AND ');
  const selects = parts.map(({ offset }, part) => {
    const grouped = [...(offset === undefined ? [] : [hourColumn(offset, hourOf)]), ...columns, 'currency'];
    const selected = [part, ...grouped, 'COUNT(*)', 'CONCAT(SUM(amount))'].join(', ');
    const places = grouped.map((_, place) => place + 2).join(', ');
    return `SELECT ${selected} FROM activities ${indexHint(index)} WHERE ${where} GROUP BY ${places}`;
  });
  return {
    sql: selects.join(' UNION ALL '),
    values: parts.flatMap(({ from, to }) => [
      accountId,
      lowestIdAt(new Date(from)),
      lowestIdAt(new Date(to)),
      ...conditions.flatMap(({ values }) => values),
    ]),
  };
}

/**
 * Returns the expression of the hour of a row in UTC, from which `readHour` gets the hour that clocks show. If the offset has
 * minutes, the expression adds 1 to the hour when a local hour begins within it.
 */
function hourColumn(offset: number, hourOf: HourOf): string {
  const hour = hourOf('occurred_at');
  const rest = modulo(offset, HOUR);
  if (rest === 0) return hour;
  const start = new Date(HOUR - rest).toISOString().slice('1970-01-01T00:'.length, -'Z'.length);
  return `${hour} + (SUBSTR(occurred_at, 15) >= '${start}')`;
}

/** Returns the hour that clocks show, from 0 to 23, for the hour that `countQuery` has read. */
export function readHour(hour: ColumnValue, offset: number): number {
  return modulo(Number(hour) + Math.floor(offset / HOUR), 24);
}

/** Reads the next rows that the database finds to match, oldest first, from an id to a moment. */
export function nextRowsQuery(
  { accountId, conditions, index }: CountedRows,
  columns: readonly string[],
  { id, isIncluded }: { readonly id: string; readonly isIncluded: boolean },
  to: number,
  take: number,
  indexHint: IndexHint,
): ReadQuery {
  const first = `id ${isIncluded ? '>=' : '>'} ?`;
  const where = ['account_id = ?', first, 'id < ?', ...conditions.map(({ sql }) => sql)].join(' AND ');
  return {
    sql: `SELECT ${columns.join(', ')} FROM activities ${indexHint(index)} WHERE ${where} ORDER BY id LIMIT ${take}`,
    values: [accountId, id, lowestIdAt(new Date(to)), ...conditions.flatMap(({ values }) => values)],
  };
}
