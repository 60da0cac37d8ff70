import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import {
  followedByDot,
  oneOf,
  oneOfTexts,
  sqlConditions,
  type SqlCondition,
} from '../../../activities/filter/sql-conditions';
import { createTextTest } from '../../../activities/filter/text-search';
import { PRIMARY } from '../../../database/read-dialect';
import {
  StatementStopped,
  type ColumnValue,
  type ReadConnection,
  type ReadQuery,
} from '../../../database/sources/read-connection';
import { at, last } from '../../../lib/elements';
import { momentOf } from '../../../lib/time-ordered-id';
import type { IndexRange } from '../reading/index-range';
import { planReading } from '../reading/read-plan';
import { placeQuery, placesQuery } from '../reading/report-query';
import type { CountedPart, CountedRows } from './count-query';
import { cellsOf, CountedGroups } from './counted-groups';
import { countByRow } from './count-by-row';
import { countInDatabase } from './count-in-database';
import type { ColumnGrouping } from './grouping';

/** A slice of a summary to count, as plain data that can be sent to a worker thread. */
export interface SliceTask {
  readonly filter: ActivityFilter;
  /** The codes of all activity types of the account. */
  readonly codes: readonly string[];
  readonly groupings: readonly ColumnGrouping[];
  /** The parts of the interval to count, each by itself, in order and without gaps. */
  readonly parts: readonly CountedPart[];
  readonly method: CountingMethod;
}

/** How the rows of a slice are counted. */
export interface CountingMethod {
  /** Whether to scan the account's rows although an index finds the matching ones. */
  readonly scans: boolean;
  /** Whether to read and count row by row, because parts have few rows. */
  readonly isByRow: boolean;
  /** The number of slices before the next check whether a scan is faster than an index. */
  readonly slicesToCheck: number;
}

export const FIRST_METHOD: CountingMethod = { scans: false, isByRow: false, slicesToCheck: 0 };

/** The rows of a slice, counted. */
export interface SliceCounts {
  /** The content of `CountedGroups`. */
  readonly groups: ColumnValue[];
  /** The end of what was counted: earlier than the end of the slice if it had too many rows, or its start if it took too long. */
  readonly to: number;
  /** Milliseconds that it took. */
  readonly took: number;
  /** How to count the next slice. */
  readonly method: CountingMethod;
}

/** Maximum number of index ranges that are read; a filter with more of them scans. */
const MAX_RANGES = 30;
/** A scan is faster than an index if at least one in this many rows matches. */
const DENSE = 4;
/** A slice with fewer rows is fast in any case. */
const FEW_ROWS = 500;
/** Number of slices between two checks whether a scan or an index is faster. */
const CHECK_INTERVAL = 16;
/** Rows of a part below which counting row by row is faster than a SELECT for each part. */
const FEW_ROWS_OF_PART = 20;

/** Milliseconds that all statements of a slice can take together before the database stops them. */
const TIME_LIMIT = 1000;
/** Maximum rows of a slice if the database cannot stop a statement. Counting them takes a fraction of a second. */
const MAX_ROWS = 100_000;

/** Counts the rows of a slice, and sums their amounts. Runs in a worker thread. */
export async function countSlice(connection: ReadConnection, task: SliceTask): Promise<SliceCounts> {
  const start = performance.now();
  try {
    if (!connection.canStopStatements) return await countBounded(connection, await boundRows(connection, task), start);
    return await countBounded(limitReads(connection, start + TIME_LIMIT), task, start);
  } catch (error) {
    if (!(error instanceof StatementStopped)) throw error;
    return { groups: [], to: at(task.parts, 0).from, took: performance.now() - start, method: task.method };
  }
}

async function countBounded(connection: ReadConnection, task: SliceTask, start: number): Promise<SliceCounts> {
  const { filter, groupings, parts, method } = task;
  const found = findRows(task);
  const test = createTextTest(filter);
  const cells = cellsOf(groupings);
  const groups = new CountedGroups();
  let total = 0;
  if (test || method.isByRow) {
    for (const rows of found.sorted) total += await countByRow(connection, rows, cells, parts, groups, test);
  } else {
    total = await countInDatabase(connection, found.all, cells, parts, groups);
  }
  const took = performance.now() - start;
  const scanning = await chooseScanning(connection, task, found.ranges.length > 0, test ? 0 : total);
  return {
    groups: groups.flat,
    to: last(parts).to,
    took,
    method: { ...scanning, isByRow: total < parts.length * FEW_ROWS_OF_PART && parts.length > 1 },
  };
}

/** Returns a connection whose statements are stopped at a time of `performance.now()`. */
function limitReads(connection: ReadConnection, deadline: number): ReadConnection {
  const { indexHint, hourOf, isAsynchronous, canStopStatements } = connection;
  const read = async (query: ReadQuery) => {
    const left = Math.ceil(deadline - performance.now());
    if (left <= 0) throw new StatementStopped();
    return connection.read(query, left);
  };
  return { indexHint, hourOf, isAsynchronous, canStopStatements, read };
}

/** Ends a slice before the row that is one too many. The rows between two entries of an index are found fast. */
async function boundRows(connection: ReadConnection, task: SliceTask): Promise<SliceTask> {
  const { filter, parts } = task;
  const { from } = at(parts, 0);
  const scope = { accountId: filter.accountId, interval: { from, to: last(parts).to }, order: 'asc' } as const;
  const { ranges } = findRows(task);
  const places = ranges.map(() => Math.floor(MAX_ROWS / ranges.length));
  const query =
    ranges.length === 0
      ? placeQuery(scope, MAX_ROWS, {}, connection.indexHint)
      : placesQuery(scope, ranges, [], places, {}, connection.indexHint);
  const moments = (await connection.read(query)).map(([id]) => momentOf(id as string));
  const to = Math.max(Math.min(...moments), from + 1);
  const kept = parts.filter((part) => part.from < to);
  return { ...task, parts: kept.map((part) => ({ ...part, to: Math.min(part.to, to) })) };
}

/** The rows of a filter, and how they are found. */
interface FoundRows {
  readonly all: CountedRows;
  /** The same rows in parts that are each sorted by id. */
  readonly sorted: readonly CountedRows[];
  /** The ranges of an index that are read; none if the account's rows are scanned. */
  readonly ranges: readonly IndexRange[];
}

/** Chooses the index and the conditions by which the rows of a filter are found. */
function findRows({ filter, codes, method }: SliceTask): FoundRows {
  const { accountId } = filter;
  const { ranges = [], conditions } = planReading(filter, codes);
  const [first] = ranges;
  if (!first || ranges.length > MAX_RANGES || method.scans) {
    const all = { accountId, conditions: sqlConditions(filter), index: PRIMARY };
    return { all, sorted: [all], ranges: [] };
  }
  // MySQL and MariaDB have the same rows in the ranges of two texts that differ in spaces at their end, so each range
  // has a condition for exactly its own text.
  const isExact = ({ column }: SqlCondition) => first.equal.some(([text]) => column === followedByDot(text));
  const hasTexts = conditions.some(isExact);
  const others = conditions.filter((condition) => !isExact(condition));
  const rowsOf = (some: readonly IndexRange[]): CountedRows => {
    const ofRanges = first.equal.flatMap(([column], place) => {
      const values = [...new Set(some.map(({ equal }) => at(equal, place)[1]))];
      return hasTexts ? oneOfTexts(column, values) : [oneOf(column, values)];
    });
    return { accountId, conditions: [...ofRanges, ...others], index: first.index };
  };
  return { all: rowsOf(ranges), sorted: ranges.map((range) => rowsOf([range])), ranges };
}

/**
 * Chooses whether the next slice scans the account's rows. From time to time it checks whether most of them match, so that a
 * scan is faster than an index. The check reads at most `DENSE` ids for each row.
 */
async function chooseScanning(
  connection: ReadConnection,
  { filter, parts, method }: SliceTask,
  isIndexed: boolean,
  rows: number,
): Promise<Pick<CountingMethod, 'scans' | 'slicesToCheck'>> {
  const { scans, slicesToCheck } = method;
  if (slicesToCheck > 0) return { scans, slicesToCheck: slicesToCheck - 1 };
  if (!isIndexed || rows < FEW_ROWS) return { scans: false, slicesToCheck: 0 };
  const interval = { from: at(parts, 0).from, to: last(parts).to };
  const scope = { accountId: filter.accountId, interval, order: 'asc' } as const;
  const others = await connection.read(placeQuery(scope, rows * DENSE, {}, connection.indexHint));
  return { scans: others.length === 0, slicesToCheck: CHECK_INTERVAL };
}
