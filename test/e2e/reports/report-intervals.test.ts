import type { Person, Query } from '../../support/person';
import { recordFor } from '../../support/records';
import { useService } from '../../support/use-service';

/** Days of each zone around its changes of clocks, each by its first instant; the last one only ends the one before. */
const CALENDARS = [
  {
    zone: 'Europe/Bucharest',
    days: [
      ['2026-03-28', '2026-03-27T22:00:00.000Z'],
      ['2026-03-29', '2026-03-28T22:00:00.000Z'],
      ['2026-03-30', '2026-03-29T21:00:00.000Z'],
      ['2026-03-31', '2026-03-30T21:00:00.000Z'],
    ],
    change: '2026-03-29T01:00:00.000Z',
  },
  {
    zone: 'Europe/Bucharest',
    days: [
      ['2026-10-24', '2026-10-23T21:00:00.000Z'],
      ['2026-10-25', '2026-10-24T21:00:00.000Z'],
      ['2026-10-26', '2026-10-25T22:00:00.000Z'],
      ['2026-10-27', '2026-10-26T22:00:00.000Z'],
    ],
    change: '2026-10-25T01:00:00.000Z',
  },
  {
    zone: 'America/New_York',
    days: [
      ['2026-03-07', '2026-03-07T05:00:00.000Z'],
      ['2026-03-08', '2026-03-08T05:00:00.000Z'],
      ['2026-03-09', '2026-03-09T04:00:00.000Z'],
      ['2026-03-10', '2026-03-10T04:00:00.000Z'],
    ],
    change: '2026-03-08T07:00:00.000Z',
  },
  {
    zone: 'America/New_York',
    days: [
      ['2026-10-31', '2026-10-31T04:00:00.000Z'],
      ['2026-11-01', '2026-11-01T04:00:00.000Z'],
      ['2026-11-02', '2026-11-02T05:00:00.000Z'],
      ['2026-11-03', '2026-11-03T05:00:00.000Z'],
    ],
    change: '2026-11-01T06:00:00.000Z',
  },
  {
    zone: 'Asia/Kathmandu',
    days: [
      ['2026-03-28', '2026-03-27T18:15:00.000Z'],
      ['2026-03-29', '2026-03-28T18:15:00.000Z'],
      ['2026-03-30', '2026-03-29T18:15:00.000Z'],
      ['2026-03-31', '2026-03-30T18:15:00.000Z'],
    ],
    change: '2026-03-29T01:00:00.000Z',
  },
  {
    zone: 'Pacific/Apia',
    days: [
      ['2011-12-29', '2011-12-29T10:00:00.000Z'],
      ['2011-12-30', '2011-12-30T10:00:00.000Z'],
      ['2011-12-31', '2011-12-30T10:00:00.000Z'],
      ['2012-01-01', '2011-12-31T10:00:00.000Z'],
    ],
    change: '2011-12-30T10:00:00.000Z',
  },
  {
    zone: 'Pacific/Apia',
    days: [
      ['2021-04-03', '2021-04-02T10:00:00.000Z'],
      ['2021-04-04', '2021-04-03T10:00:00.000Z'],
      ['2021-04-05', '2021-04-04T11:00:00.000Z'],
      ['2021-04-06', '2021-04-05T11:00:00.000Z'],
    ],
    change: '2021-04-03T14:00:00.000Z',
  },
] as const;

const shifted = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();
const name = (zone: string) => zone.replace('/', '-').toLowerCase();

describe('the interval of a report', () => {
  const service = useService();
  let manager: Person;

  afterEach(() => jest.restoreAllMocks());

  /** The instants of the looks at pages that the report has, oldest first. */
  async function instants(query: Query, reader = manager): Promise<string[]> {
    const rows = await reader.report({ activity: 'page.accessed', order: 'asc', ...query });
    return rows.map(({ occurredAt }) => new Date(occurredAt).toISOString());
  }

  describe.each(CALENDARS.map((calendar) => ({ ...calendar, first: calendar.days[0][0] })))(
    'around $first in $zone',
    ({ zone, days, change }) => {
      const starts = days.map(([, start]) => start) as [string, string, string, string];
      const recorded = [
        ...new Set([...starts, change].flatMap((at) => [-3, 0, 2].map((ms) => shifted(at, ms)))),
      ].sort();
      /** What was recorded from the start of one of the days to the start of another. */
      const between = (from: number, end: number) => recorded.filter((at) => at >= starts[from]! && at < starts[end]!);
      const [own, foreign] = [`${name(zone)}-${days[0][0]}@own.example`, `${name(zone)}-${days[0][0]}@far.example`];

      beforeAll(async () => {
        for (const [email, accountZone] of [
          [own, zone],
          [foreign, 'Pacific/Honolulu'],
        ] as const) {
          manager = await service.newManager(email, accountZone);
          await recordFor(
            service,
            manager,
            recorded.map((at) => ({ at })),
          );
        }
      });

      describe.each([
        ["in the account's zone", own, {}],
        ['in the zone that the request names', foreign, { timeZone: zone }],
      ])('%s', (_, email, inZone: Query) => {
        beforeAll(async () => {
          manager = await service.login(email);
        });

        it('has exactly the rows of each whole day', async () => {
          for (const [place, [day]] of days.slice(0, -1).entries()) {
            expect(await instants({ ...inZone, from: day, to: day })).toEqual(between(place, place + 1));
          }
        });

        it('has exactly the rows of several whole days, the last one too', async () => {
          expect(await instants({ ...inZone, from: days[0][0], to: days[2][0] })).toEqual(between(0, 3));
          expect(await instants({ ...inZone, from: days[1][0], to: days[2][0] })).toEqual(between(1, 3));
          expect(await instants({ ...inZone, to: days[1][0] })).toEqual(recorded.filter((at) => at < starts[2]));
        });

        it('ends before an RFC 3339 time, and begins at one', async () => {
          for (const at of [...starts, change]) {
            const [from, to] = [shifted(at, -3), at];
            expect(await instants({ ...inZone, from, to })).toEqual(recorded.filter((row) => row >= from && row < to));
            expect(await instants({ ...inZone, from: to, to: shifted(at, 2) })).toEqual([at]);
          }
        });

        it('has exactly the rows of today and of yesterday', async () => {
          for (const moment of [starts[2], shifted(starts[2], 3_600_000), shifted(starts[3], -1)]) {
            service.setTime(moment);
            const reader = await service.login(email);
            expect(await instants({ ...inZone, interval: 'today' }, reader)).toEqual(between(2, 3));
            expect(await instants({ ...inZone, interval: 'yesterday' }, reader)).toEqual(between(1, 2));
          }
        });

        it.each(['last_7_days', 'last_30_days'])('has exactly the rows of %s', async (interval) => {
          service.setTime(shifted(starts[2], 3_600_000));
          const reader = await service.login(email);
          expect(await instants({ ...inZone, interval }, reader)).toEqual(recorded.filter((at) => at < starts[3]));
        });

        it('shows each time with the offset of its moment', async () => {
          const rows = await manager.report({ ...inZone, activity: 'page.accessed', from: days[0][0], to: days[2][0] });
          const shown = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
          for (const { occurredAt } of rows) {
            expect(shown.format(new Date(occurredAt))).toContain(`GMT${occurredAt.slice(-6)}`);
          }
          expect(rows).toHaveLength(between(0, 3).length);
        });
      });
    },
  );

  it('follows a month in which clocks change', async () => {
    manager = await service.newManager('months@one.example');
    const starts = ['2026-02-28T22:00:00.000Z', '2026-03-31T21:00:00.000Z', '2026-04-30T21:00:00.000Z'];
    const recorded = starts.flatMap((at) => [shifted(at, -1), at]);
    await recordFor(
      service,
      manager,
      recorded.map((at) => ({ at })),
    );
    service.setTime('2026-04-15T12:00:00Z');
    const reader = await service.login('months@one.example');
    expect(await instants({ interval: 'last_month' }, reader)).toEqual(recorded.slice(1, 3));
    expect(await instants({ interval: 'this_month' }, reader)).toEqual(recorded.slice(3, 5));
  });
});
