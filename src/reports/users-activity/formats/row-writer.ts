import type { ColumnValues } from '../../../database/sources/read-connection';
import type { ZonedClock } from '../../../lib/time/zoned-time';
import type { ByteWriter } from './byte-writer';
import { CsvWriter, headingLine } from './csv-writer';
import type { ExportFormat } from './export-format';
import { NdjsonWriter } from './ndjson-writer';
import { MORE_COLUMNS, selectMore } from './record-columns';
import { DEFAULT_COLUMNS, neededFor, reportColumns, type ColumnName, type Labels } from './report-columns';
import { SheetWriter } from './sheet-writer';

/** How an export is written, as plain data. */
export interface WritingOptions {
  readonly format: ExportFormat;
  /** The columns of a CSV or an XLSX file; undefined for the default ones. */
  readonly columns?: readonly ColumnName[] | undefined;
  /** Whether a CSV begins with a byte order mark. */
  readonly bom?: boolean | undefined;
}

/** Writes the rows of an export. */
export interface RowWriter {
  /** What comes before all rows. */
  readonly head: string;
  /** What comes after all rows. */
  readonly tail: string;
  /**
   * Appends rows.
   * @param before the number of rows that were written before
   */
  write(rows: readonly ColumnValues[], before: number, bytes: ByteWriter): void;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Returns the columns of a record to read, after those that every export reads, as SQL. */
export function moreColumnsOf({ format, columns = DEFAULT_COLUMNS }: WritingOptions): readonly string[] {
  return format === 'ndjson' ? selectMore(new Set(MORE_COLUMNS)) : neededFor(reportColumns(columns));
}

/** Returns whether an export shows when records got their places in the ledger, which is read after its rows. */
export function showsRecordedAt({ format, columns }: WritingOptions): boolean {
  return format === 'ndjson' || columns?.includes('recordedAt') === true;
}

/** Returns the writer of a format. */
export function createRowWriter(
  { format, columns, bom }: WritingOptions,
  clock: ZonedClock,
  labels: Labels,
): RowWriter {
  if (format === 'ndjson') return new NdjsonWriter(clock, labels);
  const chosen = reportColumns(columns ?? DEFAULT_COLUMNS);
  if (format === 'xlsx') return new SheetWriter(clock, labels, chosen);
  const writer = new CsvWriter(clock, labels);
  return {
    head: (bom === true ? BYTE_ORDER_MARK : '') + headingLine(chosen),
    tail: '',
    write: (rows, _, bytes) => {
      if (columns) writer.writeColumns(rows, chosen, bytes);
      else writer.write(rows, bytes);
    },
  };
}
