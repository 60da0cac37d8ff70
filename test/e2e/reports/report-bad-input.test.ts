import { type Person, type Query, REPORT } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a report that is asked for wrongly', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');
  /** Cursors of the report of last month's refunds, and of other lists. */
  let cursors: Record<'own' | 'users' | 'others', string>;

  const FILTER = { activity: 'page.accessed', from: '2026-02-03', to: '2026-02-03' };

  beforeAll(async () => {
    await service.newUser(manager, 'john@one.example', 'John');
    const looks = [1, 2].map((minute) => ({ at: `2026-02-03T12:0${minute}:00Z` }));
    await recordFor(service, manager, looks);
    await recordFor(service, other, looks);
    const nextCursor = async (person: Person, path: string, query: Query): Promise<string> =>
      (await person.get(path, { ...query, limit: 1 }).expect(200)).body.nextCursor;
    cursors = {
      own: await nextCursor(manager, REPORT, FILTER),
      users: await nextCursor(manager, '/v1/users', {}),
      others: await nextCursor(other, REPORT, FILTER),
    };
  });

  async function refused(query: Query | string, status: number, code: string, field: string): Promise<void> {
    const answer = await (typeof query === 'string' ? manager.get(REPORT + query) : manager.get(REPORT, query));
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code, type: `urn:problem:${code}`, instance: REPORT });
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0]).toMatchObject({ field, message: expect.stringMatching(/.+/) as string });
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    expect(JSON.stringify(answer.body)).not.toMatch(/SELECT|sqlite|mysql|node_modules|\bat .+:\d+:\d+/i);
  }

  it.each<[Query | string, string, string]>([
    [{ timeZone: 'Mars/Olympus' }, 'time_zone_unknown', 'timeZone'],
    [{ timeZone: '+02:00' }, 'time_zone_unknown', 'timeZone'],
    [{ timeZone: '' }, 'time_zone_unknown', 'timeZone'],
    [{ timeZone: ['UTC', 'Asia/Kolkata'] }, 'time_zone_unknown', 'timeZone'],
    [{ from: '2026-02-04', to: '2026-02-03' }, 'interval_reversed', 'from'],
    [{ from: '2026-02-03T10:00:01Z', to: '2026-02-03T10:00:00Z' }, 'interval_reversed', 'from'],
    [{ interval: 'today', from: '2026-02-03' }, 'interval_ambiguous', 'interval'],
    [{ interval: 'today', to: '2026-02-03' }, 'interval_ambiguous', 'interval'],
    [{ interval: 'last_year' }, 'interval_unknown', 'interval'],
    [{ interval: ['today', 'yesterday'] }, 'interval_unknown', 'interval'],
    [{ activity: 'refund.stolen' }, 'activity_unknown', 'activity'],
    [{ activity: ['refund.requested', 'Login'] }, 'activity_unknown', 'activity'],
    [{ activity: '' }, 'activity_unknown', 'activity'],
    [{ activity: '__proto__' }, 'activity_unknown', 'activity'],
    [{ activity: ['user.login', 'user.login'] }, 'repeated_value', 'activity'],
    [{ outcome: 'maybe' }, 'outcome_unknown', 'outcome'],
    [{ order: 'up' }, 'value_unknown', 'order'],
    [{ format: 'xml' }, 'value_unknown', 'format'],
    ['?format=csv&format=json', 'value_unknown', 'format'],
    [{ userId: 'john' }, 'id_invalid', 'userId'],
    [{ userId: "1' OR '1'='1" }, 'id_invalid', 'userId'],
    [{ userId: '01kam9w3m8q6xk2t1n9b7c5d4e' }, 'id_invalid', 'userId'],
    [
      { userId: Array.from({ length: 101 }, (_, index) => `01KAM9W3M8Q6XK2T1N9B7C5${100 + index}`) },
      'too_many',
      'userId',
    ],
    [{ excludeUserId: 'john' }, 'id_invalid', 'excludeUserId'],
    [{ excludeActivity: 'refund.stolen' }, 'activity_unknown', 'excludeActivity'],
    [{ excludeActivity: ['user.login', 'custom.one'] }, 'activity_unknown', 'excludeActivity'],
    [{ activityGroup: 'Payments' }, 'activity_group_unknown', 'activityGroup'],
    [{ activityGroup: ['Orders', 'orders'] }, 'activity_group_unknown', 'activityGroup'],
    [{ activityGroup: ['Orders', 'Orders'] }, 'repeated_value', 'activityGroup'],
    [{ activityGroup: 'x'.repeat(101) }, 'length_out_of_range', 'activityGroup'],
    [{ orderReference: '' }, 'length_out_of_range', 'orderReference'],
    [{ orderReference: ['1', 'x'.repeat(65)] }, 'length_out_of_range', 'orderReference'],
    [{ orderReference: ['1', '1'] }, 'repeated_value', 'orderReference'],
    [{ orderReference: Array.from({ length: 101 }, (_, index) => `${index}`) }, 'too_many', 'orderReference'],
    [{ subscriptionReference: '' }, 'length_out_of_range', 'subscriptionReference'],
    [
      { subscriptionReference: Array.from({ length: 101 }, (_, index) => `${index}`) },
      'too_many',
      'subscriptionReference',
    ],
    [{ q: 'x' }, 'length_out_of_range', 'q'],
    [{ q: ' x ' }, 'length_out_of_range', 'q'],
    [{ q: '😀' }, 'length_out_of_range', 'q'],
    [{ q: 'x'.repeat(101) }, 'length_out_of_range', 'q'],
    ['?q=one&q=two', 'not_a_text', 'q'],
    [{ amountFrom: '1' }, 'required', 'currency'],
    [{ amountTo: '1' }, 'required', 'currency'],
    [{ currency: 'usd' }, 'currency_unknown', 'currency'],
    [{ currency: 'XYZ' }, 'currency_unknown', 'currency'],
    ['?currency=USD&currency=EUR', 'currency_unknown', 'currency'],
    [{ currency: 'USD', amountFrom: '1,5' }, 'amount_invalid', 'amountFrom'],
    [{ currency: 'USD', amountFrom: '1.999' }, 'amount_invalid', 'amountFrom'],
    [{ currency: 'JPY', amountTo: '1.5' }, 'amount_invalid', 'amountTo'],
    [{ currency: 'USD', amountTo: '9999999999999' }, 'amount_invalid', 'amountTo'],
    [{ currency: 'USD', amountFrom: '2', amountTo: '1.99' }, 'amount_range_reversed', 'amountFrom'],
    [{ currency: 'USD', amountFrom: '-1', amountTo: '-2' }, 'amount_range_reversed', 'amountFrom'],
    [{ userEmail: 'nadia' }, 'email_invalid', 'userEmail'],
    [{ userEmail: ['nadia@night-shift.example', 'Nadia@night-shift.example'] }, 'repeated_value', 'userEmail'],
    [{ ipAddress: '203.0.113' }, 'ip_address_invalid', 'ipAddress'],
    [{ ipAddress: ['203.0.113.7', '203.0.113.0/24'] }, 'ip_address_invalid', 'ipAddress'],
    [{ requestId: '' }, 'length_out_of_range', 'requestId'],
    [{ requestId: 'x'.repeat(65) }, 'length_out_of_range', 'requestId'],
    [{ sentBy: 'x'.repeat(201) }, 'length_out_of_range', 'sentBy'],
    [{ sentBy: Array.from({ length: 21 }, (_, index) => `${index}`) }, 'too_many', 'sentBy'],
    [{ format: 'csv', q: 'x' }, 'length_out_of_range', 'q'],
    [{ limit: 0 }, 'out_of_range', 'limit'],
    [{ limit: -1 }, 'out_of_range', 'limit'],
    [{ limit: 1001 }, 'out_of_range', 'limit'],
    [{ limit: 5000 }, 'out_of_range', 'limit'],
    [{ limit: 'abc' }, 'not_a_whole_number', 'limit'],
    [{ limit: '1.5' }, 'not_a_whole_number', 'limit'],
    ['?limit=1&limit=2', 'not_a_whole_number', 'limit'],
    [{ from: '2026-03-29T03:30' }, 'local_time_nonexistent', 'from'],
    [{ to: '2026-03-29T03:30' }, 'local_time_nonexistent', 'to'],
    [{ from: '2026-03-08T02:30', timeZone: 'America/New_York' }, 'local_time_nonexistent', 'from'],
    [{ from: '2025-10-26T03:30' }, 'local_time_ambiguous', 'from'],
    [{ to: '2025-10-26T03:30' }, 'local_time_ambiguous', 'to'],
    [{ from: '2026-02-30' }, 'date_invalid', 'from'],
    [{ to: '2026-02-30' }, 'date_invalid', 'to'],
    [{ from: '2026-02-03T24:00' }, 'date_invalid', 'from'],
    [{ from: '03/02/2026' }, 'date_invalid', 'from'],
    [{ from: '' }, 'date_invalid', 'from'],
    ['?from=2026-02-03T10:00:00+02:00', 'date_invalid', 'from'],
    ['?from=2026-02-03&from=2026-02-04', 'not_a_text', 'from'],
    [{ from: '2026-02-03'.repeat(10) }, 'length_out_of_range', 'from'],
    [{ user: 'John' }, 'field_unknown', 'user'],
    [{ userID: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 'field_unknown', 'userID'],
    [{ 'userId[]': '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 'field_unknown', 'userId[]'],
    [{ format: 'csv', limit: 10 }, 'not_with_csv', 'limit'],
    [{ format: 'csv', cursor: 'x' }, 'not_with_csv', 'cursor'],
    [{ bom: true }, 'not_with_json', 'bom'],
    [{ bom: false }, 'not_with_json', 'bom'],
    [{ format: 'ndjson', bom: true }, 'not_with_ndjson', 'bom'],
    [{ format: 'xlsx', bom: true }, 'not_with_xlsx', 'bom'],
    [{ format: 'csv', timeZone: 'Mars/Olympus' }, 'time_zone_unknown', 'timeZone'],
    [{ bom: 7 }, 'not_a_boolean', 'bom'],
    [{ format: 'csv', bom: 'yes' }, 'not_a_boolean', 'bom'],
    [{ cursor: '' }, 'cursor_invalid', 'cursor'],
    [{ cursor: 'x' }, 'cursor_invalid', 'cursor'],
    [{ cursor: 'e30.e30' }, 'cursor_invalid', 'cursor'],
    [{ cursor: 'x'.repeat(1001) }, 'length_out_of_range', 'cursor'],
  ])('is refused: %j', async (query, code, field) => {
    await refused(query, 400, code, field);
  });

  it.each<[Query['activity'] & {}, string]>([
    ['refund.stolen', 'activity has an unknown code, "refund.stolen"'],
    [['refund.requested', 'Login'], 'activity has an unknown code, "Login"'],
    [['user.login', 'custom.one', 'custom.two'], 'activity has unknown codes, "custom.one", "custom.two"'],
    ['', 'activity has an unknown code, ""'],
    ['x'.repeat(1000), `activity has an unknown code, "${'x'.repeat(64)}"`],
    [
      Array.from({ length: 7 }, (_, index) => `code.${index}`),
      'activity has unknown codes, "code.0", "code.1", "code.2", "code.3", "code.4" and 2 more',
    ],
  ])('names the unknown codes of activity types: %j', async (activity, message) => {
    const { body } = await manager.get(REPORT, { activity }).expect(400);
    expect(body).toMatchObject({ code: 'activity_unknown', errors: [{ field: 'activity' }] });
    expect(body.detail).toBe(`${message}; GET /v1/activity-types lists the known ones.`);
  });

  it('names the group that is unknown, and what to send instead', async () => {
    const { body } = await manager.get(REPORT, { activityGroup: ['Orders', 'Payments'] }).expect(400);
    expect(body.detail).toContain('unknown group, "Payments"; GET /v1/activity-types lists');
  });

  it.each([
    ['from=2026-02-03T10:00:00+02:00', 'from', '2026-02-03T10:00:00%2B02:00'],
    ['to=2026-02-03T10:00+02:00', 'to', '2026-02-03T10:00%2B02:00'],
    ['from=2026-02-03+10:00:00.5+02:00', 'from', '2026-02-03 10:00:00.5%2B02:00'],
  ])('says how a + is sent: ?%s', async (query, field, encoded) => {
    const { body } = await manager.get(`${REPORT}?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'date_invalid', errors: [{ field }] });
    expect(body.detail).toContain(`%2B, such as ${encoded}.`);
    await manager.get(`${REPORT}?${field}=${encoded}`).expect(200);
  });

  it('says nothing about a + where none is missing', async () => {
    for (const from of ['2026-02-30 10:00', '2026/02/03 10:00', '2026-02-03 +02:00']) {
      const { body } = await manager.get(REPORT, { from }).expect(400);
      expect([body.code, body.detail.includes('%2B')]).toEqual(['date_invalid', false]);
    }
  });

  it('names every field that is wrong', async () => {
    const { body } = await manager.get(REPORT, { limit: 0, order: 'up', colour: 'red' }).expect(400);
    expect(body.code).toBe('validation_failed');
    const codes = body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
    expect(codes.sort()).toEqual(['colour field_unknown', 'limit out_of_range', 'order value_unknown']);
  });

  it('is refused with a user who is not there, or is of another account', async () => {
    await refused({ userId: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 404, 'user_not_found', 'userId');
    await refused({ userId: other.user.id }, 404, 'user_not_found', 'userId');
    await refused({ userId: [manager.user.id, other.user.id] }, 404, 'user_not_found', 'userId');
    await refused({ userId: other.user.id, format: 'csv' }, 404, 'user_not_found', 'userId');
    await refused({ excludeUserId: other.user.id }, 404, 'user_not_found', 'excludeUserId');
  });

  it('is refused with a cursor that was changed', async () => {
    const { own } = cursors;
    await manager.get(REPORT, { ...FILTER, cursor: own }).expect(200);
    for (const cursor of [own.slice(1), own.slice(0, -1), `${own}.x`, own.replace(/^./, 'x'), own.toUpperCase()]) {
      await refused({ ...FILTER, cursor }, 400, 'cursor_invalid', 'cursor');
    }
  });

  it('is refused with the cursor of another filter', async () => {
    const cursor = cursors.own;
    for (const filter of [
      { ...FILTER, activity: 'user.login' },
      { ...FILTER, to: '2026-02-04' },
      { ...FILTER, order: 'asc' },
      { ...FILTER, outcome: 'success' },
      { ...FILTER, q: 'Dashboard' },
      { ...FILTER, orderReference: '1' },
      { ...FILTER, currency: 'USD' },
      { ...FILTER, timeZone: 'UTC' },
      { ...FILTER, userId: manager.user.id },
      {},
    ]) {
      await refused({ ...filter, cursor }, 400, 'cursor_of_another_filter', 'cursor');
    }
    const from = { from: '2026-02-03' };
    const { body } = await manager.get(REPORT, { ...from, limit: 1 }).expect(200);
    await refused({ to: from.from, cursor: body.nextCursor }, 400, 'cursor_of_another_filter', 'cursor');
    await refused({ ...FILTER, cursor: cursors.users }, 400, 'cursor_of_another_filter', 'cursor');
    await refused({ ...FILTER, cursor: cursors.others }, 400, 'cursor_of_another_filter', 'cursor');
  });

  it.each<Query>([
    { from: '0000-01-01', to: '9999-12-31' },
    { from: '0001-01-01T00:00:00-23:59', to: '9999-12-31T23:59:59.999-23:59' },
    { from: '1969-12-31', to: '1970-01-02' },
    { to: '1960-01-01' },
    { from: '0000-01-01', timeZone: 'Pacific/Apia' },
    { to: '9999-12-31', timeZone: 'Pacific/Honolulu' },
  ])('is answered as far as the calendar goes: %j', async (query) => {
    const { body } = await manager.get(REPORT, query).expect(200);
    for (const end of [body.interval.from, body.interval.to]) {
      expect(end).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
    }
    await manager.get(REPORT, { ...query, format: 'csv' }).expect(200);
  });
});
