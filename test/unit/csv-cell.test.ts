import { defusedCell } from '../../src/common/csv-cell';

describe('a text cell', () => {
  it.each([
    '=1+1',
    '+40 721 000 000',
    '-5',
    '@SUM(A1)',
    ' =1+1',
    '\t=1+1',
    '\ttab',
    '\rreturn',
    '\n=1+1',
    '\u00a0=1+1',
    '\ufeff=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
  ])('is defused where a spreadsheet would take it for a formula: %j', (text) => {
    expect(defusedCell(text)).toBe(`'${text}`);
  });

  it.each(['', ' ', 'Customer request', "'=1+1", '1-2', 'a=b', 'me@shop.example', '1234567', '"=1+1"', 'Ștefan'])(
    'is left alone otherwise: %j',
    (text) => {
      expect(defusedCell(text)).toBe(text);
    },
  );
});
