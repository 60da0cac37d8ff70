import type { ColumnValues } from '../../../database/sources/read-connection';
import { decimalDigitsOf, formatAmount } from '../../../lib/money';
import { momentOf } from '../../../lib/time-ordered-id';
import type { ZonedClock } from '../../../lib/time/zoned-time';
import type { ByteWriter } from './byte-writer';
import type { Labels, ReportColumn } from './report-columns';

/** The most rows of a sheet, as Excel defines it, without the heading. */
export const MAX_SHEET_ROWS = 1_048_575;
/** The most UTF-16 units of a cell, as Excel defines it. */
const MAX_CELL_LENGTH = 32_767;

/** The styles of cells, by their places in `STYLES` of the workbook. */
export const STYLE = { heading: 1, time: 2, preciseTime: 3, amounts: [4, 5, 6, 7] } as const;

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;
/** The day 1970-01-01 as Excel counts days. */
const DAY_OF_EPOCH = 25_569;

/** Returns the value and the style of a cell as XML; undefined for an empty cell. */
type CellValue = (row: ColumnValues) => string | undefined;

/** Writes rows of the report as rows of a sheet (ECMA-376, SpreadsheetML), with real times and numbers. */
export class SheetWriter {
  private readonly cells: readonly { readonly start: string; readonly valueOf: CellValue }[];

  constructor(
    private readonly clock: ZonedClock,
    private readonly labels: Labels,
    private readonly columns: readonly ReportColumn[],
  ) {
    this.cells = columns.map((column, index) => ({ start: `<c r="${letters(index)}`, valueOf: this.cellOf(column) }));
  }

  /** Returns what comes before the rows: the widths of the columns and a heading that stays in view. */
  get head(): string {
    const widths = this.columns.map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    );
    const headings = this.columns.map(
      ({ heading }, index) => `<c r="${letters(index)}1" s="${STYLE.heading}"${inlineText(heading)}</c>`,
    );
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
      '<sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
      '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>' +
      `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols>` +
      `<sheetData><row r="1">${headings.join('')}</row>`
    );
  }

  /** What comes after the rows. */
  readonly tail = '</sheetData></worksheet>';

  /**
   * Appends rows.
   * @param before the number of rows that the sheet has already, without the heading
   */
  write(rows: readonly ColumnValues[], before: number, bytes: ByteWriter): void {
    if (before + rows.length > MAX_SHEET_ROWS) throw new Error('The report has more rows than a sheet can have.');
    let number = before + 1;
    for (const row of rows) {
      number++;
      let xml = `<row r="${number}">`;
      for (const { start, valueOf } of this.cells) {
        const value = valueOf(row);
        if (value !== undefined) xml += `${start}${number}"${value}</c>`;
      }
      bytes.writeText(`${xml}</row>`);
    }
  }

  private cellOf(column: ReportColumn): CellValue {
    switch (column.kind) {
      case 'local time':
        return ([id]) => {
          const moment = momentOf(id as string);
          const local = moment + this.clock.offsetAt(moment);
          return timeCell(Math.floor(local / 1000) * 1000, STYLE.time);
        };
      case 'UTC time':
        return (row) => {
          const time = column.timeOf(row);
          return time === null ? undefined : timeCell(time, STYLE.preciseTime);
        };
      case 'amount':
        return ({ 6: amount, 7: currency }) => {
          if (amount === null || typeof currency !== 'string') return undefined;
          const style = STYLE.amounts[decimalDigitsOf(currency)] ?? STYLE.amounts[2];
          return ` s="${style}"><v>${formatAmount(Number(amount), currency)}</v>`;
        };
      case 'billing cycles':
        return ({ 8: billingCycles }) => (billingCycles === null ? undefined : `><v>${billingCycles}</v>`);
      case 'text':
        return (row) => {
          const text = column.textOf(row, this.labels);
          return text === null || text === '' ? undefined : inlineText(text);
        };
    }
  }
}

/**
 * Returns a time as a cell, which holds a number of days. The number is a microsecond too large, because many
 * milliseconds are no exact fraction of a day: a program that cuts the rest off would show one less.
 * @param milliseconds since 1970 by the clock that the cell shows
 */
function timeCell(milliseconds: number, style: number): string {
  return ` s="${style}"><v>${(milliseconds + 0.001) / MILLISECONDS_PER_DAY + DAY_OF_EPOCH}</v>`;
}

/** Returns a text as a cell that is never evaluated. */
function inlineText(text: string): string {
  const preserve = /^\s|\s$|[\n\t]| {2}/.test(text) ? ' xml:space="preserve"' : '';
  return ` t="inlineStr"><is><t${preserve}>${escapeText(text)}</t></is>`;
}

/** Matches what XML 1.0 cannot contain. */
const INVALID = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Matches what Excel reads as an escape sequence for one character, such as `_x000D_`. */
const EXCEL_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Matches a text that need not be escaped: printable ASCII without `&`, `<`, `>` and `_`. */
const PLAIN = /^[ -%'-;=?-^`-~]*$/;
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/**
 * Escapes the text of a cell. A character that XML cannot contain becomes U+FFFD, and a text that is too long for a cell
 * is cut and ends with `…`, so that the file is always valid.
 */
function escapeText(text: string): string {
  if (text.length <= MAX_CELL_LENGTH && PLAIN.test(text)) return text;
  return cutText(text)
    .replace(INVALID, '\ufffd')
    .replace(EXCEL_ESCAPE, '_x005F_')
    .replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character);
}

function cutText(text: string): string {
  if (text.length <= MAX_CELL_LENGTH) return text;
  const cut = text.slice(0, MAX_CELL_LENGTH - 1);
  // A character outside of the Basic Multilingual Plane must not be cut in half.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Returns the letter of a column: `A` for the first one. No report has more than 26. */
function letters(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
