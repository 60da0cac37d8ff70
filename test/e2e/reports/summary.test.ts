import { Clock } from '../../../src/lib/time/clock';
import { ExportPool } from '../../../src/reports/users-activity/exports/export-pool';
import type { Person, Query } from '../../support/person';
import { recordFor, type RecordFields } from '../../support/records';
import { SUMMARY, type SummaryRow } from '../../support/summary';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Days around changes of clocks, with the number of their hours. */
const DAYS = [
  ['Europe/Bucharest', '2025-03-30', 23],
  ['Europe/Bucharest', '2025-10-26', 25],
  ['America/Sao_Paulo', '2018-11-04', 23],
  ['America/Sao_Paulo', '2019-02-16', 25],
  ['Australia/Lord_Howe', '2025-10-05', 23.5],
  ['Australia/Lord_Howe', '2025-04-06', 24.5],
  ['Asia/Kathmandu', '2025-05-15', 24],
  // Clocks change at 00:01.
  ['America/St_Johns', '2010-03-14', 23],
  ['America/St_Johns', '2010-11-07', 25],
] as const;

const HOUR = 60 * 60_000;

describe('the summary', () => {
  const service = useService({ SUMMARY_TIMEOUT_SECONDS: '10' });
  const manager = useManager(service);
  const ann = useUser(service, manager, 'ann@one.example', 'Ann', ['users_activity']);
  const other = useManager(service, 'manager@two.example');

  afterEach(() => jest.restoreAllMocks());

  const summarize = async (query: Query, person: Person = manager) =>
    (await person.get(SUMMARY, query).expect(200)).body as {
      readonly data: SummaryRow[];
      readonly totals: Omit<SummaryRow, 'key'>;
      readonly interval: { readonly from: string; readonly to: string };
    };
  const keysOf = (rows: readonly SummaryRow[], field: string) => rows.map(({ key }) => key[field]);
  const refund = (at: string, amount: number, fields: RecordFields['fields'] = {}): RecordFields => ({
    at,
    type: 'refund.requested',
    fields: { orderReference: '1234567', amount, currency: 'USD', ...fields },
  });

  it('adds up refunds per representative', async () => {
    const july = (day: number) => `2024-07-0${day}T12:00:00Z`;
    await recordFor(service, manager, [refund(july(1), 1990), refund(july(3), 1), refund(july(3), 5000)]);
    await recordFor(service, ann, [refund(july(2), 100, { currency: 'KWD' }), refund(july(2), 7), { at: july(2) }]);
    await recordFor(service, other, [refund(july(2), 9999)]);
    const query = { from: '2024-07-01', to: '2024-07-31', activity: ['refund.requested'], groupBy: 'user' };
    const { data, totals } = await summarize(query);
    expect(data).toEqual([
      {
        key: { user: { id: ann.user.id, name: 'Ann', email: 'ann@one.example' } },
        count: 2,
        amounts: [
          { currency: 'KWD', amount: '0.100' },
          { currency: 'USD', amount: '0.07' },
        ],
      },
      {
        key: { user: { id: manager.user.id, name: 'Maria Manager', email: manager.user.email } },
        count: 3,
        amounts: [{ currency: 'USD', amount: '69.91' }],
      },
    ]);
    expect(totals).toEqual({
      count: 5,
      amounts: [
        { currency: 'KWD', amount: '0.100' },
        { currency: 'USD', amount: '69.98' },
      ],
    });
  });

  it('tells apart persons of one name who are not users, by their email addresses', async () => {
    const at = '2024-08-01T12:00:00Z';
    const { account } = manager.user;
    const persons = [
      { userName: 'Nadia Night', userEmail: 'night@shop.example' },
      { userName: 'Nadia Night', userEmail: 'nadia@shop.example' },
      { userName: 'Nadia Night', userEmail: 'nadia@shop.example' },
      { userName: 'Nadia Night', userEmail: null },
      { userName: 'Nadia Night ', userEmail: null },
    ];
    const actors = persons.map((person) => ({ accountId: account.id, userId: null, ...person }));
    await recordFor(
      service,
      manager,
      actors.map((actor) => ({ at, actor })),
    );
    for (const groupBy of ['user', ['user', 'hourOfDay']]) {
      const { data } = await summarize({ from: at, to: '2024-08-01T12:01:00Z', groupBy });
      expect(data.map(({ key, count }) => [key.user, count])).toEqual([
        [{ id: null, name: 'Nadia Night', email: null }, 1],
        [{ id: null, name: 'Nadia Night', email: 'nadia@shop.example' }, 2],
        [{ id: null, name: 'Nadia Night', email: 'night@shop.example' }, 1],
        [{ id: null, name: 'Nadia Night ', email: null }, 1],
      ]);
    }
  });

  it('includes the days, weeks and months without activities', async () => {
    await recordFor(service, manager, [{ at: '2024-02-28T22:30:00Z' }, { at: '2024-03-04T12:00:00Z' }]);
    const query = { from: '2024-02-26', to: '2024-03-04' };
    const days = await summarize({ ...query, groupBy: 'day' });
    expect(days.data.map(({ key, count }) => [key.day, count])).toEqual([
      ['2024-02-26', 0],
      ['2024-02-27', 0],
      ['2024-02-28', 0],
      ['2024-02-29', 1],
      ['2024-03-01', 0],
      ['2024-03-02', 0],
      ['2024-03-03', 0],
      ['2024-03-04', 1],
    ]);
    const weeks = await summarize({ ...query, groupBy: ['week', 'outcome'] });
    expect(weeks.data.map(({ key, count }) => [key, count])).toEqual([
      [{ week: '2024-W09', outcome: 'success' }, 1],
      [{ week: '2024-W10', outcome: 'success' }, 1],
    ]);
    const months = await summarize({ ...query, from: '2023-12-31', groupBy: 'month' });
    expect(months.data.map(({ key, count }) => [key.month, count])).toEqual([
      ['2023-12', 0],
      ['2024-01', 0],
      ['2024-02', 1],
      ['2024-03', 1],
    ]);
  });

  it.each(DAYS)('counts each local hour of a whole day in %s, %s', async (timeZone, day, hours) => {
    const { interval } = await summarize({ from: day, to: day, timeZone, groupBy: 'day' });
    const [from, to] = [Date.parse(interval.from), Date.parse(interval.to)];
    expect((to - from) / HOUR).toBe(hours);
    const activities = Array.from({ length: hours * 2 }, (_, half) => ({ at: new Date(from + (half * HOUR) / 2) }));
    await recordFor(service, ann, activities);
    await recordFor(service, ann, [{ at: new Date(from - 1) }, { at: new Date(to) }]);
    const query = { from: day, to: day, timeZone, userId: ann.user.id };
    const whole = await summarize({ ...query, groupBy: 'day' });
    expect(whole.data.map(({ key, count }) => [key.day, count])).toEqual([[day, hours * 2]]);
    const { data } = await summarize({ ...query, groupBy: 'hourOfDay' });
    const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
    for (const { key, count } of data) {
      expect(activities.filter(({ at }) => Number(clock.format(at)) === key.hourOfDay)).toHaveLength(count);
    }
    expect(data.reduce((sum, { count }) => sum + count, 0)).toBe(hours * 2);
  });

  it('leaves out the day that a time zone skipped', async () => {
    const { data } = await summarize({
      from: '2011-12-29',
      to: '2011-12-31',
      timeZone: 'Pacific/Apia',
      groupBy: 'day',
    });
    expect(keysOf(data, 'day')).toEqual(['2011-12-29', '2011-12-31']);
  });

  it('counts the days of a named interval, today too', async () => {
    service.setTime('2026-02-10T10:00:00Z');
    const { data } = await summarize({ groupBy: 'day' }, await service.login('manager@one.example'));
    expect(data).toHaveLength(30);
    expect(data.at(-1)!.key).toEqual({ day: '2026-02-10' });
    expect(data.at(-1)!.count).toBeGreaterThan(0);
  });

  it('starts with the first record if the request has no from', async () => {
    const late = await service.newManager('late@three.example', 'UTC');
    await recordFor(service, late, [{ at: new Date(Date.now() - 3 * 24 * HOUR) }]);
    const to = new Date(Date.now() + HOUR).toISOString();
    const { data } = await summarize({ to, groupBy: 'day' }, late);
    expect(data[0]!.count).toBe(1);
    expect(data.length).toBeLessThanOrEqual(5);
    const earlier = await summarize({ to: '2000-01-01', groupBy: ['day', 'user'] }, late);
    expect([earlier.data, earlier.totals]).toEqual([[], { count: 0, amounts: [] }]);
  });

  it('of an interval without activities has its days, and nothing to group them by', async () => {
    const query = { from: '2001-01-01', to: '2001-01-02' };
    const days = await summarize({ ...query, groupBy: 'day' });
    expect(days.data).toEqual([
      { key: { day: '2001-01-01' }, count: 0, amounts: [] },
      { key: { day: '2001-01-02' }, count: 0, amounts: [] },
    ]);
    for (const groupBy of ['user', ['day', 'user'], ['outcome', 'week']]) {
      const { data, totals } = await summarize({ ...query, groupBy });
      expect([data, totals]).toEqual([[], { count: 0, amounts: [] }]);
    }
  });

  it('is itself recorded, with what it summarized', async () => {
    await summarize({ from: '2026-01-01', to: '2026-01-31', outcome: 'denied', groupBy: ['day', 'user'] });
    const [row] = await manager.report({ activity: 'report.summarized', limit: 1 });
    expect(row).toMatchObject({
      activity: { code: 'report.summarized', label: 'Summarize report' },
      outcome: 'success',
      comment:
        'Users activity 2026-01-01 00:00:00 to 2026-02-01 00:00:00 Europe/Bucharest; all users; all activities; denied; by day and user',
    });
    await manager.get(SUMMARY, { groupBy: ['day', 'week'] }).expect(400);
    expect(await manager.report({ activity: 'report.summarized', limit: 1 })).toMatchObject([{ outcome: 'failure' }]);
  });

  it.each<[Query, number, string, string]>([
    [{}, 400, 'required', 'groupBy'],
    [{ groupBy: '' }, 400, 'grouping_unknown', 'groupBy'],
    [{ groupBy: 'year' }, 400, 'grouping_unknown', 'groupBy'],
    [{ groupBy: ['day', 'nothing'] }, 400, 'grouping_unknown', 'groupBy'],
    [{ groupBy: ['day', 'day'] }, 400, 'repeated_value', 'groupBy'],
    [{ groupBy: ['day', 'user', 'outcome'] }, 400, 'too_many', 'groupBy'],
    [{ groupBy: ['day', 'week'] }, 400, 'groupings_conflict', 'groupBy'],
    [{ groupBy: ['month', 'day'] }, 400, 'groupings_conflict', 'groupBy'],
    [{ groupBy: ['week', 'month'] }, 400, 'groupings_conflict', 'groupBy'],
    [{ groupBy: 'day', from: '2024-01-01', to: '2025-02-04' }, 422, 'interval_too_long', 'from'],
    [{ groupBy: 'user', from: '1990-01-01' }, 422, 'interval_too_long', 'from'],
    [{ groupBy: 'user', from: '2026-01-01', to: '9999-12-31' }, 422, 'interval_too_long', 'from'],
    [{ groupBy: 'day', from: '2026-02-02', to: '2026-02-01' }, 400, 'interval_reversed', 'from'],
    [{ groupBy: 'day', from: '2026-02-30' }, 400, 'date_invalid', 'from'],
    [{ groupBy: 'day', from: '2026-03-29T03:30' }, 400, 'local_time_nonexistent', 'from'],
    [{ groupBy: 'day', to: '2025-10-26T03:30' }, 400, 'local_time_ambiguous', 'to'],
    [{ groupBy: 'day', interval: 'today', from: '2026-02-01' }, 400, 'interval_ambiguous', 'interval'],
    [{ groupBy: 'day', activity: 'refund.cancelled' }, 400, 'activity_unknown', 'activity'],
    [{ groupBy: 'day', activity: 'custom.unknown' }, 400, 'activity_unknown', 'activity'],
    [{ groupBy: 'day', userId: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 404, 'user_not_found', 'userId'],
    [{ groupBy: 'day', timeZone: 'Mars/Olympus' }, 400, 'time_zone_unknown', 'timeZone'],
    [{ groupBy: 'day', userId: 'john' }, 400, 'id_invalid', 'userId'],
    [{ groupBy: 'day', interval: 'last_year' }, 400, 'interval_unknown', 'interval'],
    [{ groupBy: 'day', outcome: 'maybe' }, 400, 'outcome_unknown', 'outcome'],
    [{ groupBy: 'day', activityGroup: 'Payments' }, 400, 'activity_group_unknown', 'activityGroup'],
    [{ groupBy: 'day', amountFrom: '10' }, 400, 'required', 'currency'],
    [{ groupBy: 'day', amountFrom: 'ten', currency: 'USD' }, 400, 'amount_invalid', 'amountFrom'],
    [{ groupBy: 'day', amountFrom: '10', amountTo: '9', currency: 'USD' }, 400, 'amount_range_reversed', 'amountFrom'],
    [{ groupBy: 'day', currency: 'XXZ' }, 400, 'currency_unknown', 'currency'],
    [{ groupBy: 'day', ipAddress: 'localhost' }, 400, 'ip_address_invalid', 'ipAddress'],
    [{ groupBy: 'day', q: 'x' }, 400, 'length_out_of_range', 'q'],
    [{ groupBy: 'day', q: ['one', 'two'] }, 400, 'not_a_text', 'q'],
    [{ groupBy: 'day', limit: 10 }, 400, 'field_unknown', 'limit'],
    [{ groupBy: 'day', cursor: 'x' }, 400, 'field_unknown', 'cursor'],
    [{ groupBy: 'day', order: 'asc' }, 400, 'field_unknown', 'order'],
    [{ groupBy: 'day', format: 'csv' }, 400, 'field_unknown', 'format'],
  ])('is refused: %j', async (query, status, code, field) => {
    const { body } = await manager.get(SUMMARY, query).expect(status);
    expect(body).toMatchObject({ code, errors: [{ field }] });
  });

  it('can have 400 days, and 401 are refused', async () => {
    expect((await summarize({ from: '2024-01-01', to: '2025-02-03', groupBy: 'day' })).data).toHaveLength(400);
    const { body } = await manager.get(SUMMARY, { from: '2024-01-01', to: '2025-02-04', groupBy: 'day' }).expect(422);
    expect(body.detail).toBe(
      'A summary can cover at most 400 days; this interval has 401. Send a later from or an earlier to.',
    );
  });

  it('with more than 20,000 rows is refused', async () => {
    const crowd = Array.from({ length: 51 }, (_, place) => ({
      at: `2022-01-01T12:00:${10 + (place % 50)}Z`,
      actor: { accountId: manager.user.account.id, userId: null, userName: `Visitor ${place}`, userEmail: null },
    }));
    await recordFor(service, manager, crowd);
    const query = { from: '2022-01-01', to: '2023-01-31', groupBy: ['day', 'user'] };
    const { body } = await manager.get(SUMMARY, query).expect(422);
    expect(body).toMatchObject({ code: 'too_many_groups', errors: [{ field: 'groupBy' }] });
    expect((await summarize({ ...query, groupBy: ['week', 'user'] })).data).toHaveLength(58 * 51);
  });

  it('that takes too long is stopped, and proposes a shorter interval', async () => {
    let now = Date.now();
    jest.spyOn(service.app.get(Clock), 'now').mockImplementation(() => new Date(now));
    const pool = service.app.get(ExportPool);
    const count = pool.countSlice.bind(pool);
    // The length of the second slice follows from the time that the first one took.
    const countSlice = jest.spyOn(pool, 'countSlice').mockImplementation(async (...slice) => {
      now += 6000;
      return { ...(await count(...slice)), took: 1 };
    });
    const query = { from: '2024-01-01', to: '2025-02-03', groupBy: 'day' };
    const { body } = await manager.get(SUMMARY, query).expect(422);
    expect(body).toMatchObject({ code: 'summary_too_large', errors: [{ field: 'from' }] });
    expect(body.detail).toMatch(/longer than 10 seconds\. .*: about 4 of these 400 days should be possible\.$/);
    expect(countSlice).toHaveBeenCalledTimes(2);
    jest.restoreAllMocks();
    const [row] = await manager.report({ activity: 'report.summarized', limit: 1 });
    expect(row).toMatchObject({ outcome: 'failure' });
  });

  it('of a short interval that takes too long proposes what else helps', async () => {
    let now = Date.now();
    jest.spyOn(service.app.get(Clock), 'now').mockImplementation(() => new Date((now += 11_000)));
    const query = { from: '2024-01-01', to: '2024-01-02', groupBy: 'day' };
    const { body } = await manager.get(SUMMARY, query).expect(422);
    expect([body.code, body.detail]).toEqual(['summary_too_large', expect.stringContaining('filter by user')]);
  });
});
