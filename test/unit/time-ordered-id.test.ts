import { createHash } from 'node:crypto';
import { decodeTime } from 'ulid';
import { IdSource, createKeyedId, lowestIdAt, momentOf, TIME_ORDERED_ID } from '../../src/lib/time-ordered-id';

const MOMENT = new Date('2026-03-29T01:00:00.123Z');
const later = (ms: number) => new Date(MOMENT.getTime() + ms);

describe('time-ordered ids', () => {
  it('have the form of a ULID, and contain their time', () => {
    const id = new IdSource().next(MOMENT);
    expect(id).toMatch(TIME_ORDERED_ID);
    expect(momentOf(id)).toBe(MOMENT.getTime());
  });

  it('sort in the order of their creation within a millisecond', () => {
    const ids = new IdSource();
    const made = Array.from({ length: 5000 }, () => ids.next(MOMENT));
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(new Set(made.map(momentOf))).toEqual(new Set([MOMENT.getTime()]));
  });

  it('sort by their time, in whatever order they are created', () => {
    const ids = new IdSource();
    const made = [3, 1, 2, 0, 86_400_000, 1].map((ms) => [ms, ids.next(later(ms))] as const);
    const byId = [...made].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([ms]) => ms);
    expect(byId).toEqual([0, 1, 1, 2, 3, 86_400_000]);
  });

  it('from two processes are never equal', () => {
    const [one, other] = [new IdSource(), new IdSource()];
    const made = Array.from({ length: 1000 }, () => [one.next(MOMENT), other.next(MOMENT)]).flat();
    expect(new Set(made).size).toBe(2000);
  });

  it('are at or after the lowest id of their time, and before that of the next millisecond', () => {
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
  ])('have a lowest id at %s', (_, moment, lowest) => {
    expect(lowestIdAt(moment)).toBe(lowest);
  });
});

describe('ids from the keys of another system', () => {
  it('are equal for the same time and key, on every machine and in every version', () => {
    expect(createKeyedId(MOMENT, 'crm-17')).toBe('01KMVHNPQVZ5KQPJ2FN9YSQ030');
    expect(createKeyedId(new Date(MOMENT), 'crm-17')).toBe(createKeyedId(MOMENT, 'crm-17'));
  });

  it('have the form of a ULID, their time, and the first 80 bits of the SHA-256 of the key', () => {
    for (let made = 0; made < 500; made++) {
      const key = `key ${made} ✓`;
      const id = createKeyedId(later(made), key);
      expect(id).toMatch(TIME_ORDERED_ID);
      expect(momentOf(id)).toBe(later(made).getTime());
      expect(decodeTime(id)).toBe(later(made).getTime());
      const bits = Array.from(id.slice(10), (digit) =>
        '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit).toString(2).padStart(5, '0'),
      ).join('');
      const hash = createHash('sha256').update(key).digest().subarray(0, 10);
      expect(bits).toBe(Array.from(hash, (byte) => byte.toString(2).padStart(8, '0')).join(''));
    }
  });

  it('differ for different keys and times', () => {
    const ids = Array.from({ length: 5000 }, (_, place) => createKeyedId(MOMENT, `key ${place}`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map(momentOf))).toEqual(new Set([MOMENT.getTime()]));
    expect(createKeyedId(later(1), 'key') > createKeyedId(MOMENT, 'key')).toBe(true);
    for (const id of ids) expect(id >= lowestIdAt(MOMENT) && id < lowestIdAt(later(1))).toBe(true);
  });

  it('keep leading zeros of the hash', () => {
    const key = Array.from({ length: 100_000 }, (_, place) => `k${place}`).find((candidate) =>
      createHash('sha256').update(candidate).digest('hex').startsWith('000'),
    )!;
    expect(createKeyedId(MOMENT, key)).toMatch(/^.{10}00/);
    expect(createKeyedId(new Date(0), key)).toMatch(TIME_ORDERED_ID);
  });
});
