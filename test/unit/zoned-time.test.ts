import { instantsOf, isTimeZone, offsetAt, startOfLocalDay, ZonedClock } from '../../src/lib/time/zoned-time';
import { changesOfClocks, numbersBetween, setProcessZone, shownBy } from '../support/zones';

const MINUTE = 60_000;
const utc = (text: string) => Date.parse(text.endsWith('Z') ? text : `${text}Z`);
const iso = (instant: number) => new Date(instant).toISOString();

const ZONES = [
  'Europe/Bucharest',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Casey',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];

// The other test files of the same worker process must find the time zone that they would find alone.
const zoneBefore = process.env.TZ;
afterAll(() => {
  setProcessZone(zoneBefore);
});

describe.each([
  ['UTC', 0],
  ['America/Sao_Paulo', 120],
  ['Pacific/Apia', -840],
])('local time in a process with the time zone %s', (processZone, minutesBehind) => {
  beforeAll(() => {
    setProcessZone(processZone);
  });

  it('runs in that time zone', () => {
    expect(new Date(2018, 11, 1).getTimezoneOffset()).toBe(minutesBehind);
  });

  it.each([
    ['Europe/Bucharest', '2026-03-29T00:59:59.999Z', 120],
    ['Europe/Bucharest', '2026-03-29T01:00:00.000Z', 180],
    ['Europe/Bucharest', '2026-10-25T00:59:59.999Z', 180],
    ['Europe/Bucharest', '2026-10-25T01:00:00.000Z', 120],
    ['America/New_York', '2026-03-08T06:59:59.999Z', -300],
    ['America/New_York', '2026-03-08T07:00:00.000Z', -240],
    ['America/New_York', '2026-11-01T05:59:59.999Z', -240],
    ['America/New_York', '2026-11-01T06:00:00.000Z', -300],
    ['America/St_Johns', '2010-03-14T03:30:59.999Z', -210],
    ['America/St_Johns', '2010-03-14T03:31:00.000Z', -150],
    ['Asia/Kathmandu', '2026-03-29T01:00:00.000Z', 345],
    ['Asia/Kathmandu', '1985-12-31T18:29:59.999Z', 330],
    ['Asia/Kathmandu', '1985-12-31T18:30:00.000Z', 345],
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', -600],
    ['Pacific/Apia', '2011-12-30T10:00:00.000Z', 840],
    ['Pacific/Apia', '2021-04-03T13:59:59.999Z', 840],
    ['Pacific/Apia', '2021-04-03T14:00:00.000Z', 780],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', 630],
    ['Australia/Lord_Howe', '2026-04-04T14:59:59.999Z', 660],
  ])('knows the offset of %s at %s', (zone, instant, minutes) => {
    expect(offsetAt(utc(instant), zone)).toBe(minutes * MINUTE);
  });

  it.each([
    ['an ordinary time', 'Europe/Bucharest', '2026-07-01T12:00', ['2026-07-01T09:00:00.000Z']],
    ['just before the gap', 'Europe/Bucharest', '2026-03-29T02:59:59.999', ['2026-03-29T00:59:59.999Z']],
    ['the first of the gap', 'Europe/Bucharest', '2026-03-29T03:00', []],
    ['the last of the gap', 'Europe/Bucharest', '2026-03-29T03:59:59.999', []],
    ['just after the gap', 'Europe/Bucharest', '2026-03-29T04:00', ['2026-03-29T01:00:00.000Z']],
    ['just before the overlap', 'Europe/Bucharest', '2026-10-25T02:59:59.999', ['2026-10-24T23:59:59.999Z']],
    [
      'the first of the overlap',
      'Europe/Bucharest',
      '2026-10-25T03:00',
      ['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
    ],
    [
      'the last of the overlap',
      'Europe/Bucharest',
      '2026-10-25T03:59:59.999',
      ['2026-10-25T00:59:59.999Z', '2026-10-25T01:59:59.999Z'],
    ],
    ['just after the overlap', 'Europe/Bucharest', '2026-10-25T04:00', ['2026-10-25T02:00:00.000Z']],
    ['the gap of another zone', 'America/New_York', '2026-03-08T02:30', []],
    [
      'the overlap of another zone',
      'America/New_York',
      '2026-11-01T01:30',
      ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ],
    ['half an hour of gap', 'Australia/Lord_Howe', '2026-10-04T02:15', []],
    ['after half an hour of gap', 'Australia/Lord_Howe', '2026-10-04T02:30', ['2026-10-03T15:30:00.000Z']],
    ['the last moment before a skipped day', 'Pacific/Apia', '2011-12-29T23:59:59.999', ['2011-12-30T09:59:59.999Z']],
    ['noon of a skipped day', 'Pacific/Apia', '2011-12-30T12:00', []],
    ['the first moment after a skipped day', 'Pacific/Apia', '2011-12-31T00:00', ['2011-12-30T10:00:00.000Z']],
    ['a quarter of an hour that Nepal skipped', 'Asia/Kathmandu', '1986-01-01T00:10', []],
  ])('finds the instants of %s', (_, zone, wallClock, instants) => {
    expect(instantsOf(utc(wallClock), zone).map(iso)).toEqual(instants);
  });

  it.each([
    ['an ordinary day', 'Europe/Bucharest', '2026-07-01', '2026-06-30T21:00:00.000Z'],
    ['the short day', 'Europe/Bucharest', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['the day after the short one', 'Europe/Bucharest', '2026-03-30', '2026-03-29T21:00:00.000Z'],
    ['the long day', 'Europe/Bucharest', '2026-10-25', '2026-10-24T21:00:00.000Z'],
    ['the day after the long one', 'Europe/Bucharest', '2026-10-26', '2026-10-25T22:00:00.000Z'],
    ['the short day', 'America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['the day after the short one', 'America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['the day after the long one', 'America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    ['any day', 'Asia/Kathmandu', '2026-03-29', '2026-03-28T18:15:00.000Z'],
    ['a day whose first quarter of an hour is skipped', 'Asia/Kathmandu', '1986-01-01', '1985-12-31T18:30:00.000Z'],
    ['a day whose midnight is skipped', 'America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['the day after it', 'America/Sao_Paulo', '2018-11-05', '2018-11-05T02:00:00.000Z'],
    ['a day whose midnight is skipped', 'Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['a day before which an hour comes twice', 'Africa/Cairo', '2026-10-30', '2026-10-29T22:00:00.000Z'],
    ['a day whose midnight comes twice', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['the day before a skipped one', 'Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00.000Z'],
    ['a skipped day', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
    ['the day after a skipped one', 'Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['a day of the longest offset', 'Pacific/Apia', '2012-01-01', '2011-12-31T10:00:00.000Z'],
    ['the day after the long one', 'Pacific/Apia', '2021-04-05', '2021-04-04T11:00:00.000Z'],
  ])('begins %s in %s, %s', (_, zone, day, start) => {
    expect(iso(startOfLocalDay(utc(`${day}T00:00`), zone))).toBe(start);
  });
});

describe('local time in a process with a time zone that changes its clocks', () => {
  beforeAll(() => {
    setProcessZone('America/Sao_Paulo');
  });

  it.each(ZONES)('agrees with Intl in %s for random instants and around every change of clocks', (zone) => {
    const shown = shownBy(zone);
    const [from, to] = [utc('1973-01-01T00:00'), utc('2038-01-01T00:00')];
    const changes = changesOfClocks(zone, from, to).flatMap((change) =>
      [-15 * MINUTE, -MINUTE, -1, 0, MINUTE].map((distance) => change + distance),
    );
    const clock = new ZonedClock(zone);
    const inOrder = [...changes, ...numbersBetween(from, to, 600)].sort((a, b) => a - b);
    const instants = [...inOrder, ...inOrder.toReversed(), ...numbersBetween(from, to, 300)];
    const asShown = instants.map((instant) => {
      const wallClock = shown(instant);
      const text = iso(wallClock).slice(0, 23);
      return [
        text.slice(0, 19).replace('T', ' '),
        text + offsetText((wallClock - instant) / MINUTE),
        text.slice(0, 10),
      ];
    });
    expect(instants.map((at) => [clock.wallClock(at), clock.rfc3339(at), clock.day(at)])).toEqual(asShown);
  });
});

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

describe('the name of a time zone', () => {
  it.each(['UTC', 'Europe/Bucharest', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'America/Port-au-Prince'])(
    'may be %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['', 'Mars/Olympus', '+02:00', 'EST5EDT', 'Europe', 'Bucharest', 'Europe/Bucharest ', 'Europe/../Bucharest'])(
    'may not be "%s"',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
