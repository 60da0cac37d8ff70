import type { ColumnValue, ColumnValues } from '../../../database/sources/read-connection';
import { escapeFormulas } from '../../../lib/csv-cell';
import { formatAmount } from '../../../lib/money';
import { momentOf } from '../../../lib/time-ordered-id';
import type { ZonedClock } from '../../../lib/time/zoned-time';
import type { ByteWriter } from './byte-writer';

/** Headings of the CSV, in order. */
export const CSV_HEADINGS = [
  'Date',
  'User name',
  'Activity',
  'Subscription reference',
  'Order reference',
  'Price/Amount',
  'Currency',
  'Billing cycles',
  'Comment',
];

const encoder = new TextEncoder();
const COMMA = 0x2c;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
/** The first line of every CSV. */
export const HEADING_LINE = `${CSV_HEADINGS.join(',')}\r\n`;

/** The text after the label of an activity, which tells its outcome. */
const OUTCOME_NOTES: Readonly<Record<string, string>> = { success: '', failure: ' (failed)', denied: ' (denied)' };

/** Matches text that must be quoted. fast-csv, which defines the format, also quotes `|`. */
const QUOTED = /[",|\r\n]/;
/** Most cells of user names that a writer keeps. */
const MAX_KNOWN_CELLS = 1000;

/**
 * Writes rows of the report as lines of CSV (RFC 4180) in UTF-8, byte for byte as fast-csv does, but ten times as fast.
 * Keeps the cells that the rows of an export have in common, such as the names of users.
 */
export class CsvWriter {
  private readonly labelCells = new Map<ColumnValue, Map<ColumnValue, Uint8Array>>();
  private readonly nameCells = new Map<ColumnValue, Uint8Array>();

  /** @param labels the labels of activity types, by code */
  constructor(
    private readonly clock: ZonedClock,
    private readonly labels: Readonly<Record<string, string>>,
  ) {}

  /** Appends the lines of rows, which have the columns of `COLUMNS`. */
  write(rows: readonly ColumnValues[], bytes: ByteWriter): void {
    for (const row of rows) {
      const subscription = row[4];
      const order = row[5];
      const amount = row[6];
      const currency = row[7];
      const billingCycles = row[8];
      const comment = row[9];
      bytes.writeAscii(this.clock.wallClock(momentOf(row[0] as string)));
      bytes.writeByte(COMMA);
      bytes.writeBytes(this.nameCell(row[1] as string));
      bytes.writeByte(COMMA);
      bytes.writeBytes(this.labelCell(row[2] as string, row[3] as string));
      bytes.writeByte(COMMA);
      if (typeof subscription === 'string') writeText(subscription, bytes);
      bytes.writeByte(COMMA);
      if (typeof order === 'string') writeText(order, bytes);
      bytes.writeByte(COMMA);
      if (amount !== null && typeof currency === 'string') bytes.writeAscii(formatAmount(Number(amount), currency));
      bytes.writeByte(COMMA);
      if (typeof currency === 'string') bytes.writeAscii(currency);
      bytes.writeByte(COMMA);
      if (typeof billingCycles === 'number') bytes.writeAscii(String(billingCycles));
      bytes.writeByte(COMMA);
      if (typeof comment === 'string') writeText(comment, bytes);
      bytes.writeByte(CARRIAGE_RETURN);
      bytes.writeByte(LINE_FEED);
    }
  }

  private nameCell(userName: string): Uint8Array {
    let cell = this.nameCells.get(userName);
    if (cell === undefined) {
      if (this.nameCells.size === MAX_KNOWN_CELLS) this.nameCells.clear();
      this.nameCells.set(userName, (cell = cellOf(userName)));
    }
    return cell;
  }

  private labelCell(activity: string, outcome: string): Uint8Array {
    let cells = this.labelCells.get(activity);
    if (cells === undefined) this.labelCells.set(activity, (cells = new Map<ColumnValue, Uint8Array>()));
    let cell = cells.get(outcome);
    if (cell === undefined) {
      const label = (this.labels[activity] ?? activity) + (OUTCOME_NOTES[outcome] ?? '');
      cells.set(outcome, (cell = cellOf(label)));
    }
    return cell;
  }
}

/** Writes the cell of a text, in which formulas are escaped. */
function writeText(text: string, bytes: ByteWriter): void {
  if (!bytes.writePlainCell(text)) bytes.writeText(quoteCell(escapeFormulas(text)));
}

function cellOf(text: string): Uint8Array {
  return encoder.encode(quoteCell(escapeFormulas(text)));
}

function quoteCell(text: string): string {
  const printed = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return QUOTED.test(printed) ? `"${printed.replaceAll('"', '""')}"` : printed;
}
