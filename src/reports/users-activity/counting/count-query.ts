import type { SqlCondition } from '../../../activities/filter/sql-conditions';
import type { IndexHint } from '../../../database/index-hints';
import type { ReadQuery } from '../../../database/sources/read-connection';
import { lowestIdAt } from '../../../lib/time-ordered-id';
import type { Interval } from '../../../lib/time/interval';

/** The rows of an account that are counted. */
export interface CountedRows {
  readonly accountId: string;
  readonly conditions: readonly SqlCondition[];
  /** The index by which they are read. */
  readonly index: string;
}

/** The number of columns after those of the groupings: currency, number of rows and sum. */
export const COUNTED_COLUMNS = 3;

/**
 * Counts the rows of each part of an interval, and sums their amounts, in one statement. Each row of the result has the place
 * of the part, the columns, the currency, the number of rows, and the sum as a text, because it can be larger than an exact
 * number of JavaScript.
 */
export function countQuery(
  { accountId, conditions, index }: CountedRows,
  columns: readonly string[],
  parts: readonly Interval[],
  indexHint: IndexHint,
): ReadQuery {
  const places = [...columns, 'currency'].map((_, place) => place + 2).join(', ');
  const where = ['account_id = ?', 'id >= ?', 'id < ?', ...conditions.map(({ sql }) => sql)].join(' AND ');
  const selects = parts.map((_, part) => {
    const selected = [part, ...columns, 'currency', 'COUNT(*)', 'CONCAT(SUM(amount))'].join(', ');
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
