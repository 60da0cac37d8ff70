import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import type { ColumnValues } from '../../../database/sources/read-connection';
import { FIRST_COLUMNS, FIRST_LONG_COLUMN } from '../formats/record-columns';
import type { IdBounds } from '../reading/report-query';

/** The filter of an export, with what does not change from batch to batch. */
export interface ExportFilter extends ActivityFilter {
  /** The codes of all activity types of the account. */
  readonly codes: readonly string[];
  /** The highest id to read. */
  readonly upTo?: string | undefined;
  /** The columns to read after those that every export reads, as SQL. */
  readonly moreColumns?: readonly string[];
}

/** Where the next batch of an export starts, and how it is read. */
export interface ReadPosition {
  /** The last id that was read. */
  readonly after?: string | undefined;
  /** The number of rows to read. */
  readonly size?: number | undefined;
  /** How many rows each index range had in the last batch, if there are several. */
  readonly shares?: readonly number[] | undefined;
  /** The number of rows of several users to look at, if few of them may match. */
  readonly reach?: number | undefined;
  /** The number of the account's rows to scan, if that is faster than reading index ranges. */
  readonly scan?: number | undefined;
  /** Whether most rows of the last scan matched. */
  readonly hasMost?: boolean | undefined;
  /** The number of batches to read from index ranges before the next check whether a scan is faster. */
  readonly batchesToCheck?: number | undefined;
}

/** The rows of a batch, and where the next one starts: undefined after the last one. */
export interface RowBatch {
  readonly rows: readonly ColumnValues[];
  readonly next: ReadPosition | undefined;
}

/** The number of rows of the first batch, which is small so that its bytes leave soon. */
const FIRST_SIZE = 100;
/** Maximum number of rows of a batch: enough to be fast, few enough to need little memory. */
const MAX_SIZE = 5000;
/** The factor by which each batch is larger than the one before it, up to `MAX_SIZE`. */
const GROWTH = 10;
/** Approximate maximum number of characters of a batch, so that long comments do not need much memory either. */
const MAX_CHARACTERS = 1_500_000;
/** The characters of a row without its comment and the columns after it, approximately. */
const CHARACTERS_PER_ROW = 100;

/** Returns the columns that a batch reads, as SQL. */
export function columnsOf({ moreColumns = [] }: ExportFilter): string {
  return [...FIRST_COLUMNS, ...moreColumns].join(', ');
}

/** Returns the number of rows of a batch. */
export function sizeOf({ size }: ReadPosition): number {
  return size ?? FIRST_SIZE;
}

/** Returns the number of rows of the batch after one with these rows. */
export function sizeAfter(rows: readonly ColumnValues[], position: ReadPosition): number {
  const size = sizeOf(position);
  let characters = 0;
  for (const row of rows) {
    characters += CHARACTERS_PER_ROW;
    for (let place = FIRST_LONG_COLUMN; place < row.length; place++) {
      const value = row[place];
      if (typeof value === 'string') characters += value.length;
    }
  }
  const fitting = rows.length === 0 ? size : Math.floor((MAX_CHARACTERS * rows.length) / characters);
  return Math.min(size * GROWTH, MAX_SIZE, fitting);
}

export function boundsOf({ upTo }: ExportFilter, { after }: ReadPosition): IdBounds {
  return { after, upTo };
}

export function idOf([id]: ColumnValues): string {
  return String(id);
}
