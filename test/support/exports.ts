import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { REPORT, type Person, type Query, type Row } from './person';

/** The formats that have an operation of their own, as the endings of their paths. */
export const EXPORT_FORMATS = ['csv', 'ndjson', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const exportPath = (format: ExportFormat) => `${REPORT}.${format}`;

/** Downloads an export. */
export async function download(person: Person, format: ExportFormat, query: Query = {}): Promise<Buffer> {
  const { body } = await person.get(exportPath(format), query).responseType('blob').expect(200);
  return body as Buffer;
}

/** Downloads the NDJSON of a report, and parses its lines. */
export async function ndjsonRows(person: Person, query: Query = {}): Promise<Row[]> {
  const lines = (await download(person, 'ndjson', query)).toString().split('\n');
  if (lines.pop() !== '') throw new Error('The last line does not end.');
  return lines.map((line) => JSON.parse(line) as Row);
}

/** The value of a cell, as a reader of XLSX files that shares no code with the service returns it. */
export type Cell = string | number | boolean | Date | null;

/** Reads the rows of the sheet, with the headings. */
export async function sheetRows(file: Buffer): Promise<Cell[][]> {
  return (await readSheet(file, { trim: false })) as unknown as Cell[][];
}

/** Returns the parts of a workbook as text, by path. */
export function workbookParts(file: Buffer): Record<string, string> {
  const parts = Object.entries(unzipSync(file));
  return Object.fromEntries(parts.map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
}
