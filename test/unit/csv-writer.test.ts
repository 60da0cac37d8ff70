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
import { gzipPart, type DeflateState } from '../../src/reports/users-activity/formats/deflate-part';
import { placeOf } from '../../src/reports/users-activity/formats/record-columns';
import {
  COLUMN_NAMES,
  DEFAULT_COLUMNS,
  type ColumnName,
} from '../../src/reports/users-activity/formats/report-columns';
import { createRowWriter } from '../../src/reports/users-activity/formats/row-writer';
import { scaled } from '../support/scale';

const LABELS: Readonly<Record<string, string>> = {
  'user.login': 'Login',
  'page.accessed': 'Accessed page',
  'custom.odd': '=Odd, "label"',
};
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
  fc.constantFrom('user.login', 'page.accessed', 'custom.odd', 'custom.unknown'),
  fc.constantFrom(...OUTCOMES),
  nullable(text),
  nullable(text),
  nullable(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2000, max: 2000 }))),
  nullable(fc.constantFrom(...CURRENCIES)),
  nullable(fc.nat()),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(text),
  nullable(
    fc
      .dictionary(fc.oneof(text, fc.constant('error')), fc.oneof(text, fc.integer()), { maxKeys: 3 })
      .map((value) => JSON.stringify(value)),
  ),
);

const HEADINGS: Readonly<Record<ColumnName, string>> = {
  date: 'Date',
  userName: 'User name',
  activity: 'Activity',
  subscriptionReference: 'Subscription reference',
  orderReference: 'Order reference',
  amount: 'Price/Amount',
  currency: 'Currency',
  billingCycles: 'Billing cycles',
  comment: 'Comment',
  id: 'Id',
  occurredAt: 'Date (UTC)',
  activityCode: 'Activity code',
  userId: 'User id',
  userEmail: 'User email',
  outcome: 'Outcome',
  failureCode: 'Failure code',
  page: 'Page',
  ipAddress: 'IP address',
  userAgent: 'User agent',
  requestId: 'Request id',
  sentBy: 'Sent by',
  details: 'Details',
};

/** Returns the values of the columns of a row, before formulas are escaped. */
function valuesOf(row: ColumnValues, timeZone: string): Record<ColumnName, string | number | null> {
  const [id, userName, activity, outcome, subscriptionReference, orderReference, amount, currency] = row as (
    string | null
  )[];
  const [billingCycles, comment, page, userId, userEmail, ipAddress, userAgent, requestId, sentBy, details] = row.slice(
    8,
  ) as (string | null)[];
  const at = momentOf(id!);
  const { error, ...others } = JSON.parse(details ?? '{}') as Record<string, unknown>;
  return {
    date: new ZonedClock(timeZone).wallClock(at),
    userName: userName!,
    activity: (LABELS[activity!] ?? activity!) + NOTES[outcome as keyof typeof NOTES],
    subscriptionReference: subscriptionReference!,
    orderReference: orderReference!,
    amount: amount === null || currency === null ? null : formatAmount(Number(amount), currency!),
    currency: currency!,
    billingCycles: billingCycles!,
    comment: activity === 'page.accessed' && page ? commentWith(comment!, page) : comment!,
    id: id!,
    occurredAt: new Date(at).toISOString(),
    activityCode: activity!,
    userId: userId!,
    userEmail: userEmail!,
    outcome: outcome!,
    failureCode: outcome !== 'success' && typeof error === 'string' ? error : null,
    page: page!,
    ipAddress: ipAddress!,
    userAgent: userAgent!,
    requestId: requestId!,
    sentBy: sentBy!,
    details: Object.keys(others).length > 0 ? JSON.stringify(others).replaceAll(';', '\\u003b') : null,
  };
}

/** Returns the comment of a page view. */
function commentWith(comment: string | null, page: string): string {
  return comment && page !== comment ? `${comment} (${page})` : page;
}

/** Formats rows with fast-csv, which defines the format. */
async function formatWithFastCsv(
  rows: readonly ColumnValues[],
  timeZone: string,
  columns: readonly ColumnName[],
): Promise<Buffer> {
  const isText = (name: ColumnName) => !['date', 'occurredAt', 'amount', 'billingCycles'].includes(name);
  const lines = rows.map((one) => {
    const values = valuesOf(one, timeZone);
    return columns.map((name) => {
      const value = values[name];
      return isText(name) && typeof value === 'string' ? escapeFormulas(value) : value;
    });
  });
  const options = {
    headers: columns.map((name) => HEADINGS[name]),
    alwaysWriteHeaders: true,
    rowDelimiter: '\r\n',
    includeEndRowDelimiter: true,
  };
  return Buffer.from(await writeToString(lines, options));
}

function formatWithWriter(
  rows: readonly ColumnValues[],
  timeZone: string,
  capacity: number,
  columns?: readonly ColumnName[],
): Buffer {
  const bytes = new ByteWriter(capacity);
  const writer = createRowWriter({ format: 'csv', columns }, new ZonedClock(timeZone), LABELS);
  bytes.writeText(writer.head);
  writer.write(rows, 0, bytes);
  bytes.writeText(writer.tail);
  return Buffer.from(bytes.finish());
}

const zone = fc.constantFrom('UTC', 'Europe/Bucharest', 'America/St_Johns', 'Asia/Kathmandu');
const rows = fc.array(row, { maxLength: 30 });

describe('the CSV of an export', () => {
  it('is byte for byte what fast-csv writes', async () => {
    const property = fc.asyncProperty(rows, zone, fc.nat({ max: 200 }), async (some, timeZone, capacity) => {
      const expected = await formatWithFastCsv(some, timeZone, DEFAULT_COLUMNS);
      expect(formatWithWriter(some, timeZone, capacity)).toEqual(expected);
      expect(formatWithWriter(some, timeZone, capacity, DEFAULT_COLUMNS)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: scaled(5000, 300) });
  });

  it('is byte for byte what fast-csv writes with any columns in any order', async () => {
    const columns = fc.shuffledSubarray(COLUMN_NAMES, { minLength: 1 });
    const property = fc.asyncProperty(rows, zone, columns, async (some, timeZone, chosen) => {
      const expected = await formatWithFastCsv(some, timeZone, chosen);
      expect(formatWithWriter(some, timeZone, 100, chosen)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: scaled(5000, 300) });
  });

  it('keeps the value of details, although no formula can follow a semicolon in them', () => {
    const details = { comment: 'x;=1+1', 'a;-b': ['; @SUM(A1)'] };
    const some: ColumnValues = [
      createKeyedId(new Date(), 'a'),
      'Ann',
      'user.login',
      'success',
      ...Array<null>(placeOf('details') - 4).fill(null),
    ];
    const csv = formatWithWriter([[...some, JSON.stringify(details)]], 'UTC', 10, ['details']).toString();
    const [, cell] = csv.split('\r\n');
    expect(cell).not.toMatch(/;/);
    expect(JSON.parse(cell!.slice(1, -1).replaceAll('""', '"'))).toEqual(details);
  });

  it('is one gzip stream, whatever the parts in which it is compressed', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 2000 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(parts, (contents) => {
      let state: DeflateState | undefined;
      const compressed = contents.map((content, index) => {
        const part = gzipPart(content, { before: state, isLast: index === contents.length - 1 });
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
