import { writeToString } from 'fast-csv';
import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { OUTCOMES } from '../../src/audit/catalogue/activity-type';
import type { ColumnValues } from '../../src/database/sources/read-connection';
import { escapeFormulas } from '../../src/lib/csv-cell';
import { formatAmount } from '../../src/lib/money';
import { createKeyedId, momentOf } from '../../src/lib/time-ordered-id';
import { ZonedClock } from '../../src/lib/time/zoned-time';
import { ByteWriter } from '../../src/reports/users-activity/formats/byte-writer';
import { CSV_HEADINGS, CsvWriter, HEADING_LINE } from '../../src/reports/users-activity/formats/csv-writer';
import { EMPTY_GZIP, gzipPart } from '../../src/reports/users-activity/formats/gzip-part';
import { scaled } from '../support/scale';

const LABELS: Readonly<Record<string, string>> = { 'user.login': 'Login', 'custom.odd': '=Odd, "label"' };
const NOTES = { success: '', failure: ' (failed)', denied: ' (denied)' };
const CURRENCIES = Intl.supportedValuesOf('currency');

/** Text with what CSV, spreadsheets and UTF-8 treat specially. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(
      ...['a', 'Z', '7', ' ', ',', '"', "'", ';', '|', '\r', '\n', '\r\n', '\t', '\0', '=', '+', '-', '@', '＝'],
      ...['é', 'ș', '日', '😀', '\ud83d', '\ude00', '\u2028', '\u2029', '\u00a0', '\u200b', '\ufeff', '\uffff', '\x7f'],
    ),
    maxLength: 12,
  }),
);
const nullable = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });
const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

/** A row as the databases return it. */
const row: fc.Arbitrary<ColumnValues> = fc.tuple(
  fc.tuple(instant, fc.string()).map(([at, key]) => createKeyedId(at, key)),
  text,
  fc.constantFrom('user.login', 'custom.odd', 'custom.unknown'),
  fc.constantFrom(...OUTCOMES),
  nullable(text),
  nullable(text),
  nullable(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2000, max: 2000 }))),
  nullable(fc.constantFrom(...CURRENCIES)),
  nullable(fc.nat()),
  nullable(text),
);

/** Formats rows with fast-csv, which defines the format. */
async function formatWithFastCsv(rows: readonly ColumnValues[], timeZone: string): Promise<Buffer> {
  const cell = (value: unknown) => (value === null ? null : escapeFormulas(value as string));
  const lines = rows.map(([id, name, activity, outcome, subscription, order, amount, currency, cycles, comment]) => [
    new ZonedClock(timeZone).wallClock(momentOf(id as string)),
    cell(name),
    cell((LABELS[activity as string] ?? String(activity)) + NOTES[outcome as keyof typeof NOTES]),
    cell(subscription),
    cell(order),
    amount === null || currency === null ? null : formatAmount(amount as number, currency as string),
    currency,
    cycles,
    cell(comment),
  ]);
  const options = {
    headers: CSV_HEADINGS,
    alwaysWriteHeaders: true,
    rowDelimiter: '\r\n',
    includeEndRowDelimiter: true,
  };
  return Buffer.from(await writeToString(lines, options));
}

function formatWithWriter(rows: readonly ColumnValues[], timeZone: string, capacity: number): Buffer {
  const bytes = new ByteWriter(capacity);
  bytes.writeText(HEADING_LINE);
  new CsvWriter(new ZonedClock(timeZone), LABELS).write(rows, bytes);
  return Buffer.from(bytes.finish());
}

describe('the CSV of an export', () => {
  it('is byte for byte what fast-csv writes', async () => {
    const property = fc.asyncProperty(
      fc.array(row, { maxLength: 30 }),
      fc.constantFrom('UTC', 'Europe/Bucharest', 'America/St_Johns', 'Asia/Kathmandu'),
      fc.nat({ max: 200 }),
      async (rows, timeZone, capacity) => {
        expect(formatWithWriter(rows, timeZone, capacity)).toEqual(await formatWithFastCsv(rows, timeZone));
      },
    );
    await fc.assert(property, { numRuns: scaled(5000, 300) });
  });

  it('is one gzip stream, whatever the parts in which it is compressed', () => {
    const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2000 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(parts, (contents) => {
      let state = EMPTY_GZIP;
      const compressed = contents.map((content, index) => {
        const part = gzipPart(content, state, index === contents.length - 1);
        state = part.state;
        return part.bytes;
      });
      const stream = Buffer.concat(compressed);
      expect(gunzipSync(stream)).toEqual(Buffer.concat(contents));
      // Browsers read the first member only: what follows it would be cut off.
      expect(stream.subarray(-4).readUInt32LE()).toBe(Buffer.concat(contents).length);
      expect(() => gunzipSync(stream.subarray(0, -1))).toThrow('unexpected end of file');
    });
    fc.assert(property, { numRuns: scaled(1000, 100) });
  });
});
