import fc from 'fast-check';
import type { ColumnValues } from '../../src/database/sources/read-connection';
import { createKeyedId } from '../../src/lib/time-ordered-id';
import { ZonedClock } from '../../src/lib/time/zoned-time';
import { ByteWriter } from '../../src/reports/users-activity/formats/byte-writer';
import {
  deflatePart,
  type CompressedPart,
  type DeflateState,
} from '../../src/reports/users-activity/formats/deflate-part';
import { placeOf } from '../../src/reports/users-activity/formats/record-columns';
import type { ColumnName } from '../../src/reports/users-activity/formats/report-columns';
import { createRowWriter } from '../../src/reports/users-activity/formats/row-writer';
import { MAX_SHEET_ROWS } from '../../src/reports/users-activity/formats/sheet-writer';
import { packWorkbook } from '../../src/reports/users-activity/formats/workbook';
import { sheetRows, workbookParts } from '../support/exports';
import { scaled } from '../support/scale';

const AT = new Date('2026-03-29T00:59:59.999Z');

/** A row with these values, at their places. */
function rowOf(values: Readonly<Record<number, string | number>>): ColumnValues {
  const row: (string | number | null)[] = Array<null>(19).fill(null);
  return Object.assign(row, { 0: createKeyedId(AT, 'key'), 1: 'Ann', 2: 'user.login', 3: 'success' }, values);
}

/** Writes batches of rows as a workbook. */
async function workbookOf(
  batches: readonly (readonly ColumnValues[])[],
  columns?: readonly ColumnName[],
  timeZone = 'Europe/Bucharest',
): Promise<Buffer> {
  const writer = createRowWriter({ format: 'xlsx', columns }, new ZonedClock(timeZone), {});
  let written = 0;
  let state: DeflateState | undefined;
  const parts = batches.map((rows, index): CompressedPart => {
    const bytes = new ByteWriter(10);
    const isLast = index === batches.length - 1;
    if (index === 0) bytes.writeText(writer.head);
    writer.write(rows, written, bytes);
    if (isLast) bytes.writeText(writer.tail);
    written += rows.length;
    const part = deflatePart(bytes.finish(), { before: state, isLast });
    ({ state } = part);
    return part;
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of packWorkbook(streamOf(parts))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// eslint-disable-next-line @typescript-eslint/require-await -- the parts of a service arrive one after the other
async function* streamOf(parts: readonly CompressedPart[]) {
  yield* parts;
}

/** The text that a reader of the file must get. */
function shownText(text: string): string | null {
  // eslint-disable-next-line no-control-regex -- XML 1.0 cannot contain them
  const valid = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return valid === '' ? null : valid;
}

describe('a workbook', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(
        ...['a', ' ', '&', '<', '>', '"', "'", '\r', '\n', '\r\n', '\t', '\0', '\x0b', '\x7f', '=', ']]>', '&amp;'],
        ...['é', '日', '😀', '\ud83d', '\ude00', '\ufffe', '\uffff', '\ufffd', '\u2028', '\ufeff', '\x85'],
      ),
      maxLength: 12,
    }),
  );

  it('has every text, whatever its characters, in any number of parts', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.array(text, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (batches) => {
        const rows = batches.map((texts) => texts.map((comment) => rowOf({ 9: comment })));
        const [, ...shown] = await sheetRows(await workbookOf(rows, ['userName', 'comment']));
        expect(shown).toEqual(batches.flat().map((comment) => ['Ann', shownText(comment)]));
      },
    );
    await fc.assert(property, { numRuns: scaled(2000, 200) });
  });

  it.each(['_x0041_', 'a_x000D_b', '_x005F_x0041_', '_xGGGG_', '__x0041__'])(
    'has the text %s, which Excel could take for an escape sequence',
    async (comment) => {
      const xml = workbookParts(await workbookOf([[rowOf({ 9: comment })]], ['comment']))['xl/worksheets/sheet1.xml']!;
      const [, written = ''] = /<row r="2"><c r="A2" t="inlineStr"><is><t>(.*)<\/t>/.exec(xml) ?? [];
      const decoded = written.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      );
      expect(decoded).toBe(comment);
    },
  );

  it('cuts a text that is longer than a cell can be, between two characters', async () => {
    const [, ...shown] = await sheetRows(
      await workbookOf(
        [[rowOf({ 9: 'x'.repeat(32_767) }), rowOf({ 9: 'x'.repeat(32_768) }), rowOf({ 9: '😀'.repeat(20_000) })]],
        ['comment'],
      ),
    );
    expect(shown.map(([cell]) => (cell as string).length)).toEqual([32_767, 32_767, 32_767]);
    expect(shown.map(([cell]) => (cell as string).slice(-2))).toEqual(['xx', 'x…', '\ude00…']);
  });

  it('has local times by the clock of the time zone, to the second, and UTC to the millisecond', async () => {
    const winter = rowOf({
      0: createKeyedId(new Date('2026-03-29T00:59:59.999Z'), 'a'),
      [placeOf('recorded_at')]: Date.parse('2026-03-30T05:00:00.125Z'),
    });
    const summer = rowOf({ 0: createKeyedId(new Date('2026-03-29T01:00:00.001Z'), 'b') });
    const first = rowOf({ 0: createKeyedId(new Date(0), 'c') });
    const [, ...shown] = await sheetRows(
      await workbookOf([[winter, summer, first]], ['date', 'occurredAt', 'recordedAt']),
    );
    expect(shown).toEqual([
      [new Date('2026-03-29T02:59:59Z'), new Date('2026-03-29T00:59:59.999Z'), new Date('2026-03-30T05:00:00.125Z')],
      [new Date('2026-03-29T04:00:00Z'), new Date('2026-03-29T01:00:00.001Z'), null],
      [new Date('1970-01-01T02:00:00Z'), new Date(0), null],
    ]);
  });

  it('has amounts as numbers, exact to 15 digits', async () => {
    const amounts: [number, string, number][] = [
      [1, 'USD', 0.01],
      [-1990, 'USD', -19.9],
      [1500, 'JPY', 1500],
      [1234, 'KWD', 1.234],
      [999_999_999_999_999, 'USD', 9_999_999_999_999.99],
    ];
    const rows = amounts.map(([amount, currency]) => rowOf({ 6: amount, 7: currency }));
    const [, ...shown] = await sheetRows(await workbookOf([rows], ['amount']));
    expect(shown).toEqual(amounts.map(([, , number]) => [number]));
  });

  it('never has more rows than a sheet can have, even if there are more since they were counted', () => {
    const writer = createRowWriter({ format: 'xlsx' }, new ZonedClock('UTC'), {});
    const write = (before: number) => {
      writer.write([rowOf({})], before, new ByteWriter(10));
    };
    write(MAX_SHEET_ROWS - 1);
    expect(() => {
      write(MAX_SHEET_ROWS);
    }).toThrow('more rows than a sheet can have');
  });
});
