import { PRIMARY } from '../../../database/index-hints';
import type { ColumnValue, ColumnValues, ReadConnection } from '../../../database/sources/read-connection';
import { at, last } from '../../../lib/elements';
import { lowestIdAt, momentOf } from '../../../lib/time-ordered-id';
import type { Interval } from '../../../lib/time/interval';
import type { ActivityFilter } from '../reading/activity-filter';
import { planReading } from '../reading/read-plan';
import { placeQuery } from '../reading/report-query';
import { oneOf, sqlConditions } from '../reading/sql-conditions';
import { createTextTest, SEARCHED_COLUMNS, type TextTest } from '../reading/text-search';
import { columnsOf, countQuery, rowsQuery, type CountedRows } from './count-query';
import type { ColumnGrouping } from './grouping';

/** A slice of a summary to count, as plain data that can be sent to a worker thread. */
export interface SliceTask {
  readonly filter: ActivityFilter;
  /** The codes of all activity types of the account. */
  readonly codes: readonly string[];
  readonly groupings: readonly ColumnGrouping[];
  /** The parts of the interval to count, each by itself, in order and without gaps. */
  readonly parts: readonly Interval[];
  readonly reading: SliceReading;
}

/** How the rows of a slice are found. */
export interface SliceReading {
  /** Whether to scan the account's rows although an index finds the matching ones. */
  readonly scans: boolean;
  /** The number of slices to read from an index before the next check whether a scan is faster. */
  readonly slicesToCheck: number;
}

export const FIRST_READING: SliceReading = { scans: false, slicesToCheck: 0 };

/** The rows of a slice, counted. */
export interface SliceCounts {
  readonly groups: readonly GroupCount[];
  /** Milliseconds that it took. */
  readonly took: number;
  /** How to find the rows of the next slice. */
  readonly reading: SliceReading;
}

/** The rows of one group in one part and one currency. */
export interface GroupCount {
  /** The place of the part in the task. */
  readonly part: number;
  /** The values of the columns of the groupings. */
  readonly values: readonly ColumnValue[];
  /** Null for rows without an amount. */
  readonly currency: string | null;
  readonly count: number;
  /** The sum of the amounts in minor units, as a text; null without a currency. */
  readonly sum: string | null;
}

/** Most index ranges that are read; a filter with more of them scans. */
const MAX_RANGES = 30;
/** A scan is faster than an index if at least one of so many rows matches. */
const DENSE = 4;
/** A slice with fewer rows is fast in any case. */
const FEW_ROWS = 500;
/** Slices read from an index, or scanned, between two checks of which is faster. */
const CHECK_INTERVAL = 16;
/** Rows that are read at once if the database cannot test the whole filter. */
const ROWS_AT_ONCE = 2000;

/** Counts the rows of a slice, and sums their amounts. Runs in a worker thread. */
export async function countSlice(connection: ReadConnection, task: SliceTask): Promise<SliceCounts> {
  const start = performance.now();
  const { filter } = task;
  const { rows, isIndexed } = chooseRows(task);
  const test = createTextTest(filter);
  const groups = test
    ? await countTestedRows(connection, task, rows, test)
    : await countInDatabase(connection, task, rows);
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const took = performance.now() - start;
  return { groups, took, reading: await chooseReading(connection, task, isIndexed && !test, total) };
}

function chooseRows({ filter, codes, reading }: SliceTask): {
  readonly rows: CountedRows;
  readonly isIndexed: boolean;
} {
  const { ranges = [], conditions } = planReading(filter, codes);
  const [first] = ranges;
  if (!first || ranges.length > MAX_RANGES || reading.scans) {
    const rows = { accountId: filter.accountId, conditions: sqlConditions(filter), index: PRIMARY };
    return { rows, isIndexed: false };
  }
  const ofRanges = first.equal.map(([column], place) => {
    const values = ranges.map(({ equal }) => at(equal, place)[1]);
    return oneOf(column, [...new Set(values)]);
  });
  const rows = { accountId: filter.accountId, conditions: [...ofRanges, ...conditions], index: first.index };
  return { rows, isIndexed: true };
}

async function countInDatabase(
  connection: ReadConnection,
  { groupings, parts }: SliceTask,
  rows: CountedRows,
): Promise<GroupCount[]> {
  const columns = columnsOf(groupings);
  const counted = await connection.read(countQuery(rows, columns, parts, connection.indexHint));
  return counted.map((row) => {
    const [currency = null, count, sum = null] = row.slice(columns.length + 1);
    return {
      part: Number(row[0]),
      values: row.slice(1, columns.length + 1),
      currency: currency === null ? null : String(currency),
      count: Number(count),
      // SQLite returns an empty text if no row has an amount.
      sum: currency === null || sum === null || sum === '' ? null : String(sum),
    };
  });
}

/** Reads the rows of a slice, and counts those that pass a test that the database cannot run. */
async function countTestedRows(
  connection: ReadConnection,
  { groupings, parts }: SliceTask,
  rows: CountedRows,
  test: TextTest,
): Promise<GroupCount[]> {
  const columns = columnsOf(groupings);
  const selected = ['id', 'currency', 'amount', ...columns, ...SEARCHED_COLUMNS];
  const groups = new Map<string, GroupCount>();
  let part = 0;
  let next = { id: lowestIdAt(new Date(at(parts, 0).from)), isIncluded: true };
  for (;;) {
    const { to } = last(parts);
    const found = await connection.read(rowsQuery(rows, selected, next, to, ROWS_AT_ONCE, connection.indexHint));
    for (const row of found) {
      const values = row.slice(3, 3 + columns.length);
      if (!test(row.slice(3 + columns.length))) continue;
      while (momentOf(String(row[0])) >= at(parts, part).to) part++;
      addRow(groups, part, values, row);
    }
    if (found.length < ROWS_AT_ONCE) return [...groups.values()];
    next = { id: String(last(found)[0]), isIncluded: false };
  }
}

function addRow(
  groups: Map<string, GroupCount>,
  part: number,
  values: readonly ColumnValue[],
  [, currency = null, amount = null]: ColumnValues,
): void {
  const key = JSON.stringify([part, values, currency]);
  const { count = 0, sum = null } = groups.get(key) ?? {};
  const added = currency === null || amount === null ? sum : String(BigInt(sum ?? 0) + BigInt(amount));
  groups.set(key, { part, values, currency: currency as string | null, count: count + 1, sum: added });
}

/**
 * Chooses how to find the rows of the next slice. From time to time it checks whether most of the account's rows matched,
 * so that a scan is faster than an index. The check reads at most `DENSE` ids for each row.
 */
async function chooseReading(
  connection: ReadConnection,
  { filter, parts, reading }: SliceTask,
  isIndexed: boolean,
  rows: number,
): Promise<SliceReading> {
  const { scans, slicesToCheck } = reading;
  if (slicesToCheck > 0) return { scans, slicesToCheck: slicesToCheck - 1 };
  if (!isIndexed || rows < FEW_ROWS) return FIRST_READING;
  const interval = { from: at(parts, 0).from, to: last(parts).to };
  const scope = { accountId: filter.accountId, interval, order: 'asc' } as const;
  const others = await connection.read(placeQuery(scope, rows * DENSE, {}, connection.indexHint));
  return { scans: others.length === 0, slicesToCheck: CHECK_INTERVAL };
}
