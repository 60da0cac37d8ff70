import { inBody } from '../../src/http/problems/request-field';
import { readAmount } from '../../src/http/validation/read-amount';
import { formatAmount, formatSum, parseAmount, decimalDigitsOf } from '../../src/lib/money';

describe('an amount in minor units', () => {
  it.each([
    [5000, 'USD', '50'],
    [1990, 'USD', '19.90'],
    [1909, 'USD', '19.09'],
    [5, 'USD', '0.05'],
    [0, 'USD', '0'],
    [-0, 'USD', '0'],
    [-500, 'USD', '-5'],
    [-5, 'USD', '-0.05'],
    [-1990, 'USD', '-19.90'],
    [1500, 'JPY', '1500'],
    [-1, 'JPY', '-1'],
    [1500, 'KWD', '1.500'],
    [1, 'KWD', '0.001'],
    [-12_345, 'KWD', '-12.345'],
    [2000, 'KWD', '2'],
    [10 ** 15, 'USD', '10000000000000'],
    [10 ** 15 + 1, 'USD', '10000000000000.01'],
    [10 ** 15, 'JPY', '1000000000000000'],
    [-(10 ** 15) - 7, 'KWD', '-1000000000000.007'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
  ])('is formatted as a plain number: %d %s', (minor, currency, text) => {
    expect(formatAmount(minor, currency)).toBe(text);
    expect(formatSum(BigInt(minor), currency)).toBe(text);
  });

  it.each([
    [9_007_199_254_740_993n, 'JPY', '9007199254740993'],
    [-900_719_925_474_099_301n, 'USD', '-9007199254740993.01'],
    [123_456_789_012_345_678_901n, 'KWD', '123456789012345678.901'],
  ])('is formatted exactly as a sum of any size: %d %s', (minor, currency, text) => {
    expect(formatSum(minor, currency)).toBe(text);
  });

  it('keeps every minor unit when it is formatted', () => {
    for (let minor = -2050; minor <= 2050; minor++) {
      expect(Math.round(Number(formatAmount(minor, 'RON')) * 100)).toBe(minor === 0 ? 0 : minor);
    }
  });

  it.each([
    ['USD', 2],
    ['RON', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('has the decimals of its currency: %s', (currency, digits) => {
    expect(decimalDigitsOf(currency)).toBe(digits);
  });
});

describe('an amount in a text', () => {
  it.each([
    ['50', 'USD', 5000],
    ['19.90', 'USD', 1990],
    ['19.9', 'USD', 1990],
    ['0', 'USD', 0],
    ['-5', 'USD', -500],
    ['-0.05', 'USD', -5],
    ['-0', 'USD', 0],
    ['1500', 'JPY', 1500],
    ['-1', 'JPY', -1],
    ['1.5', 'KWD', 1500],
    ['10000000000', 'USD', 10 ** 12],
    ['-10000000000.00', 'USD', -(10 ** 12)],
  ])('is parsed to minor units: %s %s', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    ['', 'USD'],
    ['-', 'USD'],
    ['--5', 'USD'],
    ['+5', 'USD'],
    ['5.', 'USD'],
    ['.5', 'USD'],
    ['1e3', 'USD'],
    ['5,00', 'USD'],
    [' 5', 'USD'],
    ['0.001', 'USD'],
    ['1.0', 'JPY'],
    ['10000000000.01', 'USD'],
    ['-10000000000.01', 'USD'],
    ['99999999999999', 'USD'],
  ])('is refused: %j %s', (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined();
  });

  it('must not be negative in a request', () => {
    expect(readAmount(inBody('price'), '5', 'USD')).toBe(500);
    expect(() => readAmount(inBody('price'), '-5', 'USD')).toThrow('price must be an amount of USD such as 19.90');
    expect(() => readAmount(inBody('price'), '-0', 'USD')).toThrow('price must be an amount of USD');
  });
});
