import { readCursor, writeCursor } from '../../src/http/paging/cursor';

const FILTER = { accountId: 'one', activities: ['refund.requested'], interval: 'last_30_days' };
const CURSOR = {
  after: '01KAM9W3M8Q6XK2T1N9B7C5D4E',
  fixed: { from: 1_780_000_000_000, upTo: '01KAM9W3M8Q6XK2T1N9B7C5D4F' },
};
const refusal = (code: string) =>
  expect.objectContaining({ status: 400, code, errors: [expect.objectContaining({ field: 'cursor', code })] }) as Error;

describe('a cursor', () => {
  const text = writeCursor(CURSOR, FILTER);

  it('comes back as it was', () => {
    expect(readCursor(text, FILTER)).toEqual(CURSOR);
    expect(readCursor(writeCursor({ after: CURSOR.after }, FILTER), FILTER)).toEqual({ after: CURSOR.after });
  });

  it('needs no escaping in an address', () => {
    expect(encodeURIComponent(text)).toBe(text);
  });

  it('is refused when any one of its characters is another, is missing, or is twice there', () => {
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
        expect(() => readCursor(forged, FILTER)).toThrow(refusal('cursor_invalid'));
      }
    }
  });

  it.each(['', '.', '..', 'null', 'e30', `${text}.`, `${text}.more`, `${text} `, text.toLowerCase(), text.repeat(2)])(
    'is not %j',
    (forged) => {
      expect(() => readCursor(forged, FILTER)).toThrow(refusal('cursor_invalid'));
    },
  );

  it.each([
    ['another account', { ...FILTER, accountId: 'two' }],
    ['another activity', { ...FILTER, activities: ['refund.canceled'] }],
    ['one activity more', { ...FILTER, activities: [...FILTER.activities, 'refund.canceled'] }],
    ['another interval', { ...FILTER, interval: 'today' }],
    ['another list', ['roles', 'one']],
  ])('belongs to its filter: not to %s', (_, filter) => {
    expect(() => readCursor(text, filter)).toThrow(refusal('cursor_of_another_filter'));
  });
});
