import { readCursor, writeCursor } from '../../src/http/paging/cursor';

const FILTER = { accountId: 'one', activities: ['refund.requested'], interval: 'last_30_days' };
/** A position as no list has it: what is in it is for the list to know. */
const CURSOR = { page: 7, of: ['anything', { at: null }] };
const read = (fields: Readonly<Record<string, unknown>>) => ('page' in fields ? fields : undefined);
const refusal = (code: string) =>
  expect.objectContaining({ status: 400, code, errors: [expect.objectContaining({ field: 'cursor', code })] }) as Error;

describe('a cursor', () => {
  const text = writeCursor(CURSOR, FILTER);

  it('returns its position', () => {
    expect(readCursor(text, FILTER, read)).toEqual(CURSOR);
  });

  it('does not depend on the order in which values of a filter are repeated', () => {
    const [one, other] = ['refund.requested', 'refund.canceled'];
    const sent = writeCursor(CURSOR, { ...FILTER, activities: [one, other] });
    expect(readCursor(sent, { ...FILTER, activities: [other, one] }, read)).toEqual(CURSOR);
  });

  it('needs no escaping in a URL', () => {
    expect(encodeURIComponent(text)).toBe(text);
  });

  it('is refused if a character is replaced, removed or repeated', () => {
    for (let place = 0; place <= text.length; place++) {
      const [before, character = '', after] = [text.slice(0, place), text[place], text.slice(place + 1)];
      const other = character === 'A' ? 'B' : 'A';
      for (const forged of [
        before + other + after,
        before + after,
        before + character + 'A' + after,
        `${before}.${after}`,
      ]) {
        if (forged === text) continue;
        expect(() => readCursor(forged, FILTER, read)).toThrow(refusal('cursor_invalid'));
      }
    }
  });

  it.each(['', '.', '..', 'null', 'e30', `${text}.`, `${text}.more`, `${text} `, text.toLowerCase(), text.repeat(2)])(
    'is refused if it is %j',
    (forged) => {
      expect(() => readCursor(forged, FILTER, read)).toThrow(refusal('cursor_invalid'));
    },
  );

  it.each([
    ['another account', { ...FILTER, accountId: 'two' }],
    ['another activity', { ...FILTER, activities: ['refund.canceled'] }],
    ['one activity more', { ...FILTER, activities: [...FILTER.activities, 'refund.canceled'] }],
    ['another interval', { ...FILTER, interval: 'today' }],
    ['another list', ['roles', 'one']],
  ])('is refused with %s', (_, filter) => {
    expect(() => readCursor(text, filter, read)).toThrow(refusal('cursor_of_another_filter'));
  });

  it('is refused if the position is not one of its list', () => {
    const foreign = writeCursor({ row: 7 }, FILTER);
    expect(() => readCursor(foreign, FILTER, read)).toThrow(refusal('cursor_invalid'));
  });
});
