import { at, last, lookUp } from '../../src/lib/elements';

describe('an element that must exist', () => {
  it('is the last of a list', () => {
    expect(last(['a', 'b', 'c'])).toBe('c');
    expect(last([0])).toBe(0);
  });

  it('is at an index of a list', () => {
    expect([0, 1, 2].map((index) => at(['a', '', 'c'], index))).toEqual(['a', '', 'c']);
  });

  it('is the value of a key of a map', () => {
    const map = new Map([
      ['zero', 0],
      ['one', 1],
    ]);
    expect(lookUp(map, 'zero')).toBe(0);
    expect(lookUp(map, 'one')).toBe(1);
  });

  it('is refused if it is missing, with an error that says which one', () => {
    expect(() => last([])).toThrow('A list of 0 has no element -1.');
    expect(() => at(['a'], 1)).toThrow('A list of 1 has no element 1.');
    expect(() => at(['a'], -1)).toThrow('A list of 1 has no element -1.');
    expect(() => lookUp(new Map([['one', 1]]), 'two')).toThrow('The map does not contain two.');
  });
});
