import { IdSource, lowestIdAt, momentOf, TIME_ORDERED_ID } from '../../src/common/time-ordered-id';

const MOMENT = new Date('2026-03-29T01:00:00.123Z');
const later = (ms: number) => new Date(MOMENT.getTime() + ms);

describe('time-ordered ids', () => {
  it('have their form, and their moment in them', () => {
    const id = new IdSource().next(MOMENT);
    expect(id).toMatch(TIME_ORDERED_ID);
    expect(momentOf(id)).toBe(MOMENT.getTime());
  });

  it('sort in the order of their making within a millisecond', () => {
    const ids = new IdSource();
    const made = Array.from({ length: 5000 }, () => ids.next(MOMENT));
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(new Set(made.map(momentOf))).toEqual(new Set([MOMENT.getTime()]));
  });

  it('sort by their moment, in whatever order they are made', () => {
    const ids = new IdSource();
    const made = [3, 1, 2, 0, 86_400_000, 1].map((ms) => [ms, ids.next(later(ms))] as const);
    const byId = [...made].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([ms]) => ms);
    expect(byId).toEqual([0, 1, 1, 2, 3, 86_400_000]);
  });

  it('of two processes are never the same', () => {
    const [one, other] = [new IdSource(), new IdSource()];
    const made = Array.from({ length: 1000 }, () => [one.next(MOMENT), other.next(MOMENT)]).flat();
    expect(new Set(made).size).toBe(2000);
  });

  it('lie at or after the lowest id of their moment, and before that of the next millisecond', () => {
    const ids = new IdSource();
    for (let made = 0; made < 1000; made++) {
      const id = ids.next(MOMENT);
      expect(id >= lowestIdAt(MOMENT)).toBe(true);
      expect(id < lowestIdAt(later(1))).toBe(true);
      expect(id > lowestIdAt(later(-1))).toBe(true);
    }
  });

  it.each([
    ['the beginning of time', new Date(0), '00000000000000000000000000'],
    ['a time before it', new Date(-1), '00000000000000000000000000'],
    ['a time past the last one', new Date(8.64e15), '7ZZZZZZZZZ0000000000000000'],
  ])('have a lowest one at %s', (_, moment, lowest) => {
    expect(lowestIdAt(moment)).toBe(lowest);
  });
});
