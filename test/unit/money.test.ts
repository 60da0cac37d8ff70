import { formatAmount, minorUnits } from '../../src/common/money';

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
  ])('is a plain number: %d %s', (minor, currency, text) => {
    expect(formatAmount(minor, currency)).toBe(text);
  });

  it('keeps every unit of an amount that has been cut into units and cents', () => {
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
    expect(minorUnits(currency)).toBe(digits);
  });
});
