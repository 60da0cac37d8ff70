import { CARD_NUMBER as CARD, withoutRequestId } from '../../support/cards';
import { batchOf, ingest, ingestedRows, minutesAgo, recordOf, type RecordRequest } from '../../support/ingestion';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const TOKEN = 'uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue';

interface Told {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** A JSON pointer as messages write it. */
const readable = (pointer: string) =>
  pointer
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');

describe('a batch that is wrong', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');

  afterEach(async () => {
    expect(await ingestedRows(service)).toEqual([]);
  });

  /** Every error of the answer, as `field code`. */
  async function refused(body: unknown, status = 400): Promise<string[]> {
    const answer = await manager.post('/v1/activities', body as object);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, type: `urn:problem:${answer.body.code}`, instance: '/v1/activities' });
    expect(answer.status).toBe(status);
    const errors: Told[] = answer.body.errors ?? [];
    for (const { field, code, message } of errors) {
      expect(message.length).toBeGreaterThan(10);
      if (code !== 'card_number_refused') expect(message).toContain(readable(field));
    }
    if (errors.length === 1) expect(answer.body).toMatchObject({ code: errors[0]!.code, detail: errors[0]!.message });
    return errors.map(({ field, code }) => `${field} ${code}`);
  }

  const placed = { activity: 'order.placed', orderReference: '1', amount: '1', currency: 'USD' };

  const wrongs: [RecordRequest, string, string][] = [
    [{ key: undefined }, 'required', 'key'],
    [{ key: null }, 'not_a_text', 'key'],
    [{ key: '' }, 'length_out_of_range', 'key'],
    [{ key: 'x'.repeat(201) }, 'length_out_of_range', 'key'],
    [{ key: 7 }, 'not_a_text', 'key'],
    [{ key: 'half \ud800' }, 'text_malformed', 'key'],
    [{ key: 'nul \0' }, 'text_malformed', 'key'],
    [{ occurredAt: undefined }, 'required', 'occurredAt'],
    [{ occurredAt: '2026-01-15' }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: '2026-01-15T09:30:00' }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: '2026-02-30T09:30:00Z' }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: '2026-01-15T24:00:00Z' }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: '2026-01-15T09:30:00+24:00' }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: 1_768_462_200_000 }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: ['2026-01-15T09:30:00Z'] }, 'date_invalid', 'occurredAt'],
    [{ occurredAt: minutesAgo(-6) }, 'time_in_future', 'occurredAt'],
    [{ occurredAt: '9999-12-31T23:59:59Z' }, 'time_in_future', 'occurredAt'],
    [{ occurredAt: minutesAgo(3651 * 24 * 60) }, 'time_too_old', 'occurredAt'],
    [{ occurredAt: '1970-01-01T00:00:00Z' }, 'time_too_old', 'occurredAt'],
    [{ occurredAt: '1969-12-31T23:59:59.999Z' }, 'time_too_old', 'occurredAt'],
    [{ occurredAt: '0000-01-01T00:00:00Z' }, 'time_too_old', 'occurredAt'],
    [{ activity: undefined }, 'required', 'activity'],
    [{ activity: 'order.eaten' }, 'activity_unknown', 'activity'],
    [{ activity: 'custom.not.registered' }, 'activity_unknown', 'activity'],
    [{ activity: 'custom.' }, 'activity_unknown', 'activity'],
    [{ activity: '__proto__' }, 'activity_unknown', 'activity'],
    [{ activity: 'constructor' }, 'activity_unknown', 'activity'],
    [{ activity: { code: 'user.login' } }, 'activity_unknown', 'activity'],
    [{ activity: null }, 'activity_unknown', 'activity'],
    [{ activity: `custom.${'x'.repeat(60)}` }, 'activity_unknown', 'activity'],
    [{ outcome: 'maybe' }, 'outcome_unknown', 'outcome'],
    [{ user: undefined }, 'required', 'user'],
    [{ user: 'John Doe' }, 'not_an_object', 'user'],
    [{ user: null }, 'not_an_object', 'user'],
    [{ user: [{ id: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }] }, 'not_an_object', 'user'],
    [{ user: {} }, 'required', 'user/id'],
    [{ user: { id: 'john' } }, 'id_invalid', 'user/id'],
    [{ user: { id: '01KAM9W3M8Q6XK2T1N9B7C5D4E' } }, 'user_not_found', 'user/id'],
    [{ user: { id: '01KAM9W3M8Q6XK2T1N9B7C5D4E', name: 'J', email: 'j@one.example' } }, 'field_unknown', 'user/id'],
    [{ user: { name: 'John' } }, 'required', 'user/email'],
    [{ user: { email: 'john@one.example' } }, 'required', 'user/name'],
    [{ user: { name: ' ', email: 'john@one.example' } }, 'length_out_of_range', 'user/name'],
    [{ user: { name: 'x'.repeat(201), email: 'john@one.example' } }, 'length_out_of_range', 'user/name'],
    [{ user: { name: 'John', email: 'john' } }, 'email_invalid', 'user/email'],
    [{ user: { name: 'John', email: 7 } }, 'email_invalid', 'user/email'],
    [{ user: { name: 'John', email: '"a\r\nb"@one.example' } }, 'email_invalid', 'user/email'],
    [{ user: { name: 'John', email: 'john@one.example', role: 'admin' } }, 'field_unknown', 'user/role'],
    [{ ...placed, orderReference: undefined }, 'required', 'orderReference'],
    [{ ...placed, orderReference: '' }, 'length_out_of_range', 'orderReference'],
    [{ ...placed, orderReference: 'x'.repeat(65) }, 'length_out_of_range', 'orderReference'],
    [{ ...placed, currency: undefined }, 'required', 'currency'],
    [{ ...placed, currency: 'usd' }, 'currency_unknown', 'currency'],
    [{ ...placed, currency: 'XYZ' }, 'currency_unknown', 'currency'],
    [{ ...placed, amount: undefined }, 'required', 'amount'],
    [{ ...placed, amount: '' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: 5 }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '5,00' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '+5' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '--5' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '1e3' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '0.001' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '-0.001' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '1.5', currency: 'JPY' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '10000000000.01' }, 'amount_invalid', 'amount'],
    [{ ...placed, amount: '-10000000000.01' }, 'amount_invalid', 'amount'],
    [{ amount: '5' }, 'required', 'currency'],
    [{ currency: 'USD' }, 'required', 'amount'],
    [{ page: undefined }, 'required', 'page'],
    [{ page: null }, 'not_a_text', 'page'],
    [{ comment: null }, 'not_a_text', 'comment'],
    [{ outcome: null }, 'outcome_unknown', 'outcome'],
    [{ amount: null }, 'amount_invalid', 'amount'],
    [{ billingCycles: null }, 'not_a_whole_number', 'billingCycles'],
    [{ ipAddress: null }, 'ip_address_invalid', 'ipAddress'],
    [{ page: 'x'.repeat(201) }, 'length_out_of_range', 'page'],
    [{ page: `x?${'x'.repeat(200)}` }, 'length_out_of_range', 'page'],
    [{ page: '?token=secret' }, 'length_out_of_range', 'page'],
    [{ activity: 'role.created', comment: '' }, 'required', 'comment'],
    [{ ...placed, activity: 'subscription.upgraded', subscriptionReference: 'A1' }, 'required', 'billingCycles'],
    [{ comment: 'x'.repeat(2001) }, 'length_out_of_range', 'comment'],
    // Each of these characters is two to the database, and one to class-validator.
    [{ comment: '❤\ufe0f'.repeat(1001) }, 'length_out_of_range', 'comment'],
    [{ comment: ['x'] }, 'not_a_text', 'comment'],
    [{ billingCycles: 0 }, 'out_of_range', 'billingCycles'],
    [{ billingCycles: 1201 }, 'out_of_range', 'billingCycles'],
    [{ billingCycles: 1.5 }, 'not_a_whole_number', 'billingCycles'],
    [{ billingCycles: '1' }, 'not_a_whole_number', 'billingCycles'],
    [{ subscriptionReference: 'x'.repeat(65) }, 'length_out_of_range', 'subscriptionReference'],
    [{ ipAddress: '300.0.0.1' }, 'ip_address_invalid', 'ipAddress'],
    [{ ipAddress: `fe80::1%${'x'.repeat(60)}` }, 'length_out_of_range', 'ipAddress'],
    [{ userAgent: 'x'.repeat(513) }, 'length_out_of_range', 'userAgent'],
    [{ accountId: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 'field_unknown', 'accountId'],
    [{ id: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 'field_unknown', 'id'],
    [{ requestId: 'mine' }, 'field_unknown', 'requestId'],
    [{ details: {} }, 'field_unknown', 'details'],
    [{ 'a/b~c': 1 }, 'field_unknown', 'a~1b~0c'],
  ];
  const titled = wrongs.map((wrong) => [`${wrong[1]}, ${JSON.stringify(wrong[0]).slice(0, 60)}`, ...wrong] as const);

  it.each(titled)('is refused: %s', async (_, wrong, code, field) => {
    expect(await refused({ records: [recordOf('fine'), recordOf('wrong', wrong)] })).toEqual([
      `/records/1/${field} ${code}`,
    ]);
  });

  it('is refused in the name of another account, and for its users', async () => {
    expect(await refused({ records: [recordOf('x', { accountId: other.user.account.id })] })).toEqual([
      '/records/0/accountId field_unknown',
    ]);
    expect(await refused({ records: [recordOf('x', { user: { id: other.user.id } })] })).toEqual([
      '/records/0/user/id user_not_found',
    ]);
  });

  it.each<[unknown, string[]]>([
    [{ records: [] }, ['/records too_few']],
    [{ records: {} }, ['/records not_a_list']],
    [{ records: 'all' }, ['/records not_a_list']],
    [{ records: null }, ['/records not_a_list']],
    [{}, ['/records required']],
    [
      { records: [7, null, [], 'x', {}] },
      [
        '/records/0 not_an_object',
        '/records/1 not_an_object',
        '/records/2 not_an_object',
        '/records/3 not_an_object',
        '/records/4/key required',
        '/records/4/occurredAt required',
        '/records/4/activity required',
        '/records/4/user required',
      ],
    ],
    [[], [' not_an_object']],
    [{ record: recordOf('x') }, ['/record field_unknown', '/records required']],
    [
      { records: [recordOf('x', { page: 7 })], accountId: 'x' },
      ['/accountId field_unknown', '/records/0/page not_a_text'],
    ],
  ])('is refused as %j', async (body, errors) => {
    expect(await refused(body)).toEqual(errors);
  });

  it.each(['null', '7', '"text"', '[[]]'])('is refused where an object belongs: %s', async (body) => {
    const answer = await fetch(`${service.url}/v1/activities`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' },
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'not_an_object']);
  });

  it('is refused with a key twice that means two things', async () => {
    const records = [recordOf('a'), recordOf('b'), recordOf('a', { page: 'Other' }), recordOf('b')];
    records[3] = { ...records[1], page: 'Other' };
    expect(await refused({ records })).toEqual(['/records/2/key key_repeated', '/records/3/key key_repeated']);
    expect(await refused({ records: [recordOf('a', { page: 7 }), recordOf('a', { page: 8 })] })).toEqual([
      '/records/0/page not_a_text',
      '/records/1/page not_a_text',
      '/records/1/key key_repeated',
    ]);
  });

  it('is told everything at once, record by record, whatever kind of mistake it is', async () => {
    const records = batchOf(60, 'many');
    Object.assign(records[3]!, { comment: CARD, amount: '5', colour: 'red' });
    Object.assign(records[9]!, { user: { id: other.user.id }, occurredAt: minutesAgo(-10), comment: 7 });
    Object.assign(records[17]!, { ...placed, page: undefined, amount: '0.001', orderReference: undefined });
    const { key, occurredAt } = records[0]!;
    Object.assign(records[58]!, { key, occurredAt, activity: 'custom.not.registered', ipAddress: 'here' });
    const answer = await ingest(manager, records).expect(400);
    expect(answer.body).toMatchObject({
      code: 'validation_failed',
      detail: expect.stringContaining('11 fields') as string,
    });
    expect((answer.body.errors as Told[]).map(({ field, code }) => `${field} ${code}`)).toEqual([
      '/records/3/comment card_number_refused',
      '/records/3/colour field_unknown',
      '/records/3/currency required',
      '/records/9/comment not_a_text',
      '/records/9/occurredAt time_in_future',
      '/records/9/user/id user_not_found',
      '/records/17/orderReference required',
      '/records/17/amount amount_invalid',
      '/records/58/ipAddress ip_address_invalid',
      '/records/58/activity activity_unknown',
      '/records/58/key key_repeated',
    ]);
  });

  it('is told of every record, though they are a thousand', async () => {
    const records = batchOf(1000, 'all', { page: 7, comment: 7, user: { id: other.user.id } });
    const errors = await refused({ records });
    expect(errors).toHaveLength(3000);
    expect(errors.slice(-3)).toEqual(
      ['comment not_a_text', 'page not_a_text', 'user/id user_not_found'].map((told) => `/records/999/${told}`),
    );
  });

  it('is refused for the number of a card or a token in any text, and does not say it again', async () => {
    const records = [
      recordOf(`key ${CARD}`),
      recordOf('b', { comment: CARD }),
      recordOf('c', { user: { name: TOKEN, email: 'x@one.example' } }),
      recordOf('d', { billingCycles: 4_111_111_111_111_111 }),
      recordOf('e', { [CARD]: 'x' }),
      recordOf('f', { user: { [TOKEN]: 'x' } }),
    ];
    const answer = await ingest(manager, records).expect(422);
    expect(answer.body.code).toBe('card_number_refused');
    expect((answer.body.errors as Told[]).map(({ field }) => field)).toEqual([
      '/records/0/key',
      '/records/1/comment',
      '/records/2/user/name',
      '/records/3/billingCycles',
      '/records/4',
      '/records/5/user',
    ]);
    expect(withoutRequestId(answer.text)).not.toMatch(/4111|uas_/);
    expect(await refused({ records: [recordOf('deep', { comment: [{ deep: [CARD] }] })] }, 422)).toEqual([
      '/records/0/comment/0/deep/0 card_number_refused',
    ]);
    const outside = await manager.post('/v1/activities', { records: [recordOf('x')], [CARD]: 'x' });
    expect(outside.status).toBe(422);
    expect(withoutRequestId(outside.text)).not.toContain('4111');
  });
});
