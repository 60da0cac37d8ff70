import fc from 'fast-check';
import { escapeFormulas } from '../../src/lib/csv-cell';
import { scaled } from '../support/scale';

describe('a text cell', () => {
  it.each([
    '=1+1',
    '+40 721 000 000',
    '-5',
    '@SUM(A1)',
    ' =1+1',
    '\ttab',
    '\rreturn',
    '\u00a0=1+1',
    '\ufeff=1+1',
    '\u200b=1+1',
    '\u2028=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
  ])('is escaped if a spreadsheet would take it for a formula: %j', (text) => {
    expect(escapeFormulas(text)).toBe(`'${text}`);
  });

  it.each([
    '',
    ' ',
    'Customer request',
    "'=1+1",
    '1-2',
    'a=b',
    'me@shop.example',
    '1234567',
    'x;',
    'x; y',
    'x;1+1',
    'x,=1+1',
    'x\ny\n',
    'a\r\nb',
    '"=1+1"',
    'Ștefan',
  ])('is not changed otherwise: %j', (text) => {
    expect(escapeFormulas(text)).toBe(text);
  });

  it.each([
    ["x;=cmd|'/C calc'!A0;", "x;'=cmd|'/C calc'!A0;"],
    ['x;y;-5;+1', "x;y;'-5;'+1"],
    ['x; =1+1', "x;' =1+1"],
    ['x;"=1+1"', `x;'"=1+1"`],
    ['x;\u200b" \u00a0=1+1', `x;'\u200b" \u00a0=1+1`],
    ['x;＝1+1', "x;'＝1+1"],
    ['x\t=1+1', "x\t'=1+1"],
    ['x\r=1+1', "x\r'=1+1"],
    ['x\n@SUM(A1)', "x\n'@SUM(A1)"],
    ['x\r\n=1+1', "x\r\n'=1+1"],
    ['x;\n\n-5', "x;\n\n'-5"],
    ['\t=1+1', "'\t'=1+1"],
    ['\n=1+1', "'\n'=1+1"],
    ['=1+1;=2+2', "'=1+1;'=2+2"],
  ])('is escaped after characters that separate cells in some spreadsheets: %j', (text, defused) => {
    expect(escapeFormulas(text)).toBe(defused);
  });

  it('has no formula, whichever separator a spreadsheet uses', () => {
    const special = [';', '\t', '\r', '\n', ' ', '\u00a0', '\u200b', '"', '=', '+', '-', '@', '＝', 'a', '1', "'"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...special), { maxLength: 12 }), (characters) => {
        const [first, ...others] = escapeFormulas(characters.join('')).split(/[;\t\r\n]/);
        expect(first).not.toMatch(/^[\s\u200b]*[=+\-@＝]/);
        for (const cell of others) expect(cell).not.toMatch(/^[\s\u200b"]*[=+\-@＝]/);
      }),
      { numRuns: scaled(20_000, 5000) },
    );
  });

  it('keeps every character of the text, in order', () => {
    const withoutApostrophes = (text: string) => text.replaceAll("'", '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(withoutApostrophes(escapeFormulas(text))).toBe(withoutApostrophes(text));
      }),
    );
  });
});
