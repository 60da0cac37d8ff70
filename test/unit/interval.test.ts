import { readInterval } from '../../src/http/validation/read-interval';
import { INTERVAL_PRESETS, resolvePreset, type Interval } from '../../src/lib/time/interval';

const BUCHAREST = 'Europe/Bucharest';
const NOW = new Date('2026-06-10T08:46:01.000Z');
const iso = ({ from, to }: Interval) => [from, to].map((instant) => new Date(instant).toISOString());
const refusal = (code: string, field: string) =>
  expect.objectContaining({ status: 400, code, errors: [expect.objectContaining({ field, code })] }) as Error;

describe('a named interval', () => {
  it.each([
    ['today', '2026-06-09T21:00:00.000Z', '2026-06-10T21:00:00.000Z'],
    ['yesterday', '2026-06-08T21:00:00.000Z', '2026-06-09T21:00:00.000Z'],
    ['last_7_days', '2026-06-03T21:00:00.000Z', '2026-06-10T21:00:00.000Z'],
    ['last_30_days', '2026-05-11T21:00:00.000Z', '2026-06-10T21:00:00.000Z'],
    ['this_month', '2026-05-31T21:00:00.000Z', '2026-06-30T21:00:00.000Z'],
    ['last_month', '2026-04-30T21:00:00.000Z', '2026-05-31T21:00:00.000Z'],
  ] as const)('consists of whole local days: %s', (preset, from, to) => {
    expect(iso(resolvePreset(preset, NOW, BUCHAREST))).toEqual([from, to]);
  });

  it('is never empty on an ordinary day', () => {
    for (const preset of INTERVAL_PRESETS) {
      const { from, to } = resolvePreset(preset, NOW, BUCHAREST);
      expect(to).toBeGreaterThan(from);
    }
  });

  it.each([
    ['today', '2026-03-29T12:00Z', BUCHAREST, '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
    ['yesterday', '2026-03-30T12:00Z', BUCHAREST, '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
    ['today', '2026-10-25T12:00Z', BUCHAREST, '2026-10-24T21:00:00.000Z', '2026-10-25T22:00:00.000Z'],
    ['last_7_days', '2026-10-26T12:00Z', BUCHAREST, '2026-10-19T21:00:00.000Z', '2026-10-26T22:00:00.000Z'],
    ['this_month', '2026-03-10T12:00Z', BUCHAREST, '2026-02-28T22:00:00.000Z', '2026-03-31T21:00:00.000Z'],
    ['last_month', '2026-03-31T12:00Z', BUCHAREST, '2026-01-31T22:00:00.000Z', '2026-02-28T22:00:00.000Z'],
    ['last_month', '2028-03-31T12:00Z', 'UTC', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['this_month', '2026-12-31T12:00Z', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['last_month', '2026-01-01T12:00Z', 'UTC', '2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ['last_30_days', '2026-01-15T12:00Z', 'UTC', '2025-12-17T00:00:00.000Z', '2026-01-16T00:00:00.000Z'],
    ['today', '2026-06-09T20:59:59.999Z', BUCHAREST, '2026-06-08T21:00:00.000Z', '2026-06-09T21:00:00.000Z'],
    ['today', '2026-06-09T21:00:00.000Z', BUCHAREST, '2026-06-09T21:00:00.000Z', '2026-06-10T21:00:00.000Z'],
    ['yesterday', '2011-12-30T12:00Z', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['last_7_days', '2011-12-30T12:00Z', 'Pacific/Apia', '2011-12-25T10:00:00.000Z', '2011-12-31T10:00:00.000Z'],
  ] as const)('follows the calendar and the clocks of the time zone: %s at %s in %s', (preset, now, zone, from, to) => {
    expect(iso(resolvePreset(preset, new Date(now), zone))).toEqual([from, to]);
  });
});

describe('an interval in a request', () => {
  it.each([
    ['days', '2026-06-01', '2026-06-02', '2026-05-31T21:00:00.000Z', '2026-06-02T21:00:00.000Z'],
    ['one day', '2026-06-01', '2026-06-01', '2026-05-31T21:00:00.000Z', '2026-06-01T21:00:00.000Z'],
    ['a leap day', '2028-02-29', '2028-02-29', '2028-02-28T22:00:00.000Z', '2028-02-29T22:00:00.000Z'],
    [
      'RFC 3339',
      '2026-06-01T10:00:00Z',
      '2026-06-01T14:00:00+03:00',
      '2026-06-01T10:00:00.000Z',
      '2026-06-01T11:00:00.000Z',
    ],
    [
      'lower case',
      '2026-06-01t10:00:00z',
      '2026-06-01 11:00:00Z',
      '2026-06-01T10:00:00.000Z',
      '2026-06-01T11:00:00.000Z',
    ],
    [
      'milliseconds',
      '2026-06-01T10:00:00.001Z',
      '2026-06-01T10:00:00.057Z',
      '2026-06-01T10:00:00.001Z',
      '2026-06-01T10:00:00.057Z',
    ],
    [
      'what is finer than records',
      '2026-06-01T10:00:00.0001Z',
      '2026-06-01T23:59:59.999999Z',
      '2026-06-01T10:00:00.001Z',
      '2026-06-02T00:00:00.000Z',
    ],
    [
      'far offsets',
      '2026-06-01T10:00:00+14:00',
      '2026-06-01T10:00:00-12:00',
      '2026-05-31T20:00:00.000Z',
      '2026-06-01T22:00:00.000Z',
    ],
    [
      'odd offsets',
      '2026-06-01T10:00:00+05:45',
      '2026-06-01T10:00:00-03:30',
      '2026-06-01T04:15:00.000Z',
      '2026-06-01T13:30:00.000Z',
    ],
    [
      'local times',
      '2026-06-01T10:00',
      '2026-06-01T11:30:15.250',
      '2026-06-01T07:00:00.000Z',
      '2026-06-01T08:30:15.250Z',
    ],
    [
      'an empty one',
      '2026-06-01T10:00:00Z',
      '2026-06-01T10:00:00Z',
      '2026-06-01T10:00:00.000Z',
      '2026-06-01T10:00:00.000Z',
    ],
    ['around a gap', '2026-03-29T02:59:59', '2026-03-29T04:00', '2026-03-29T00:59:59.000Z', '2026-03-29T01:00:00.000Z'],
    [
      'in an overlap, by offset',
      '2026-10-25T03:30:00+03:00',
      '2026-10-25T03:30:00+02:00',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ],
  ])('is read from %s', (_, from, to, first, end) => {
    expect(iso(readInterval(from, to, NOW, BUCHAREST))).toEqual([first, end]);
  });

  it('begins with the first record if there is no from, and ends now if there is no to', () => {
    expect(iso(readInterval(undefined, '2026-06-01', NOW, BUCHAREST))).toEqual([
      '1970-01-01T00:00:00.000Z',
      '2026-06-01T21:00:00.000Z',
    ]);
    expect(iso(readInterval('2026-06-01', undefined, NOW, BUCHAREST))).toEqual([
      '2026-05-31T21:00:00.000Z',
      NOW.toISOString(),
    ]);
  });

  it.each([
    ['2026-03-29T03:00', 'local_time_nonexistent'],
    ['2026-03-29T03:59:59.999', 'local_time_nonexistent'],
    ['2026-10-25T03:00', 'local_time_ambiguous'],
    ['2026-10-25T03:59:59.999', 'local_time_ambiguous'],
    ['2026-02-30', 'date_invalid'],
    ['2026-02-29', 'date_invalid'],
    ['2026-13-01', 'date_invalid'],
    ['2026-00-10', 'date_invalid'],
    ['2026-06-31', 'date_invalid'],
    ['2026-02-30T10:00:00Z', 'date_invalid'],
    ['2026-06-01T24:00:00Z', 'date_invalid'],
    ['2026-06-01T24:00', 'date_invalid'],
    ['2026-06-01T23:60:00Z', 'date_invalid'],
    ['2026-06-01T23:59:60Z', 'date_invalid'],
    ['2026-06-01T10:00:00+24:00', 'date_invalid'],
    ['2026-06-01T10:00:00+02:60', 'date_invalid'],
    ['2026-06-01T10:00:00+0200', 'date_invalid'],
    ['2026-06-01T10:00:00.Z', 'date_invalid'],
    ['2026-06-01T10Z', 'date_invalid'],
    ['2026-6-1', 'date_invalid'],
    ['20260601', 'date_invalid'],
    ['01.06.2026', 'date_invalid'],
    ['+002026-06-01', 'date_invalid'],
    ['-000001-06-01', 'date_invalid'],
    ['2026-06-01 ', 'date_invalid'],
    ['yesterday', 'date_invalid'],
    ['1780304400', 'date_invalid'],
    ['', 'date_invalid'],
  ])('is refused with the time %j', (text, code) => {
    expect(() => readInterval(text, undefined, NOW, BUCHAREST)).toThrow(refusal(code, 'from'));
    expect(() => readInterval(undefined, text, NOW, BUCHAREST)).toThrow(refusal(code, 'to'));
  });

  it.each([
    ['2026-06-02', '2026-06-01'],
    ['2026-06-01T10:00:00.001Z', '2026-06-01T10:00:00Z'],
    ['2026-06-01T10:00:00Z', '2026-06-01T12:00:00+03:00'],
    ['2026-06-11', undefined],
    ['1960-01-02', '1960-01-01'],
    ['9999-12-31', '9999-12-30'],
  ])('is refused if from is later than to: from %s to %s', (from, to) => {
    expect(() => readInterval(from, to, NOW, BUCHAREST)).toThrow(refusal('interval_reversed', 'from'));
  });
});
