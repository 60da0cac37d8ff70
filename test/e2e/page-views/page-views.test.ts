import { CARD_NUMBER as CARD } from '../../support/cards';
import { makeKey } from '../../support/api-keys';
import type { Person, Row } from '../../support/person';
import { useService } from '../../support/use-service';

const VIEWS = '/v1/page-views';
const TOKEN = `uas_${'x'.repeat(43)}`;
const NOW = '2026-03-05T12:00:00.000Z';
const PAGE = '/orders';

describe('page views', () => {
  const service = useService({ TRUST_PROXY: '1' });
  let manager: Person;
  /** Makes and opens each account of its own. */
  let accounts = 0;

  beforeEach(async () => {
    accounts += 1;
    service.setTime(NOW);
    manager = await service.newManager(`manager@${accounts}.example`);
  });
  afterEach(() => jest.restoreAllMocks());

  /** The views on the report, oldest first; the report itself is no page. */
  const viewed = (from = '2026-03-04', person = manager): Promise<Row[]> => {
    service.setTime('2026-03-05T12:00:01.000Z');
    return person.report({ activity: 'page.accessed', order: 'asc', from });
  };
  const seen = (rows: readonly Row[]) => rows.map(({ occurredAt, page, comment }) => [occurredAt, page, comment]);

  it('are recorded one by one, with whoever sent them and from where', async () => {
    const john = await service.newUser(manager, `john@${accounts}.example`, 'John Doe');
    const view = { page: '/orders/2000001', title: ' Order 2000001 ' };
    const request = john.post(VIEWS, view).set('user-agent', 'Panel/1.0').set('x-forwarded-for', '203.0.113.7');
    const { body, headers } = await request.expect(201);
    expect(body).toEqual({ recorded: 1 });
    const [row, ...others] = await viewed();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      occurredAt: '2026-03-05T14:00:00.000+02:00',
      user: { id: john.user.id, name: 'John Doe' },
      activity: { code: 'page.accessed', label: 'Accessed page' },
      outcome: 'success',
      page: '/orders/2000001',
      comment: 'Order 2000001',
      ipAddress: '203.0.113.7',
      userAgent: 'Panel/1.0',
      requestId: headers['x-request-id'],
    });
  });

  it('are recorded of an API key as of their user', async () => {
    const { program } = await makeKey(service, manager, { name: 'kiosk', privileges: ['orders'] });
    await program.post(VIEWS, { page: 'Dashboard' }).expect(201);
    const [row] = await viewed();
    expect(row).toMatchObject({ page: 'Dashboard', comment: null });
    expect(row!.user).toEqual({ id: program.user.id, name: 'API key: kiosk', email: null });
  });

  it('are recorded as a flow, each at its own time', async () => {
    const views = [
      { page: '/c', viewedAt: '2026-03-05T13:59:59.999+02:00', title: 'C' },
      { page: '/a', viewedAt: '2026-03-04T12:00:00.000Z' },
      { page: '/d' },
      { page: '/b', viewedAt: '2026-03-05 01:30:00-03:30', title: '' },
      { page: '/e', viewedAt: NOW },
    ];
    expect((await manager.post(VIEWS, { views }).expect(201)).body).toEqual({ recorded: 5 });
    expect(seen(await viewed())).toEqual([
      ['2026-03-04T14:00:00.000+02:00', '/a', null],
      ['2026-03-05T07:00:00.000+02:00', '/b', null],
      ['2026-03-05T13:59:59.999+02:00', '/c', 'C'],
      ['2026-03-05T14:00:00.000+02:00', '/d', null],
      ['2026-03-05T14:00:00.000+02:00', '/e', null],
    ]);
  });

  it('of the same millisecond keep their order, a hundred of them in two turns', async () => {
    const moments = ['2026-03-05T11:00:00.001Z', '2026-03-05T11:00:00.002Z'];
    const views = Array.from({ length: 100 }, (_, n) => ({ page: `/step/${n}`, viewedAt: moments[n % 2] }));
    expect((await manager.post(VIEWS, { views }).expect(201)).body).toEqual({ recorded: 100 });
    const steps = Array.from({ length: 100 }, (_, n) => n);
    const ordered = [...steps.filter((n) => n % 2 === 0), ...steps.filter((n) => n % 2 === 1)];
    expect((await viewed()).map(({ page }) => page)).toEqual(ordered.map((n) => `/step/${n}`));
  });

  it.each([
    [`/orders?token=${TOKEN}`, '/orders'],
    [`/orders?card=${CARD}`, '/orders'],
    [`/orders#${TOKEN}`, '/orders'],
    ['/orders?broken=\ud800\u0000', '/orders'],
    [`https://panel.example/orders?${'x'.repeat(5000)}`, 'https://panel.example/orders'],
    ['https://john:secret@panel.example/orders#top', 'https://panel.example/orders'],
    [`${'x'.repeat(200)}?q`, 'x'.repeat(200)],
    ['👍'.repeat(200), '👍'.repeat(200)],
  ])('keep nothing of a query, a fragment or credentials: %j', async (page, kept) => {
    await manager.post(VIEWS, { page }).expect(201);
    await manager.post(VIEWS, { views: [{ page }, { page: '/last' }] }).expect(201);
    expect((await viewed()).map((row) => row.page)).toEqual([kept, kept, '/last']);
    const rows = await service.writeSource.query('SELECT * FROM activities');
    for (const secret of [TOKEN, CARD, 'secret@']) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('can come from a clock that is up to 5 minutes ahead', async () => {
    await manager.post(VIEWS, { page: '/ahead', viewedAt: '2026-03-05T12:05:00.000Z' }).expect(201);
    service.setTime('2026-03-05T12:06:00.000Z');
    const [row] = await manager.report({ activity: 'page.accessed', from: '2026-03-05' });
    expect(row).toMatchObject({ page: '/ahead', occurredAt: '2026-03-05T14:05:00.000+02:00' });
  });

  const old = '2026-03-04T11:59:59.999Z';
  const soon = '2026-03-05T12:05:00.001Z';
  it.each([
    [{}, 400, '/page required'],
    [{ title: 'Orders' }, 400, '/page required'],
    [[], 400, ' not_an_object'],
    [{ page: PAGE, views: [{ page: PAGE }] }, 400, '/views view_ambiguous'],
    [{ page: null, views: null }, 400, '/views view_ambiguous'],
    [{ views: [{ page: PAGE }], title: 'Orders' }, 400, '/title field_unknown'],
    [{ page: '' }, 400, '/page length_out_of_range'],
    [{ page: ' ?q' }, 400, '/page length_out_of_range'],
    [{ page: '#/orders' }, 400, '/page length_out_of_range'],
    [{ page: 'x'.repeat(201) }, 400, '/page length_out_of_range'],
    [{ page: '❤️'.repeat(101) }, 400, '/page length_out_of_range'],
    [{ page: 7 }, 400, '/page not_a_text'],
    [{ page: [PAGE] }, 400, '/page not_a_text'],
    [{ page: null }, 400, '/page not_a_text'],
    [{ page: PAGE, title: 'x'.repeat(201) }, 400, '/title length_out_of_range'],
    [{ page: PAGE, title: 7 }, 400, '/title not_a_text'],
    [{ page: PAGE, referrer: '/' }, 400, '/referrer field_unknown'],
    [{ page: '/orders\u0000' }, 400, '/page text_malformed'],
    [{ page: PAGE, title: 'a\ud800b' }, 400, '/title text_malformed'],
    [{ page: `/orders/${TOKEN}?q` }, 422, '/page card_number_refused'],
    [{ page: `/cards/${CARD}` }, 422, '/page card_number_refused'],
    [{ page: PAGE, title: CARD }, 422, '/title card_number_refused'],
    [{ page: PAGE, [CARD]: 'x' }, 422, ' card_number_refused'],
    [{ page: PAGE, viewedAt: 'now' }, 400, '/viewedAt date_invalid'],
    [{ page: PAGE, viewedAt: '2026-03-05T11:00:00' }, 400, '/viewedAt date_invalid'],
    [{ page: PAGE, viewedAt: Date.parse(NOW) }, 400, '/viewedAt date_invalid'],
    [{ page: PAGE, viewedAt: soon }, 400, '/viewedAt time_in_future'],
    [{ page: PAGE, viewedAt: old }, 400, '/viewedAt time_too_old'],
    [{ views: [] }, 400, '/views too_few'],
    [{ views: {} }, 400, '/views not_a_list'],
    [{ views: 'all' }, 400, '/views not_a_list'],
    [{ views: Array<object>(101).fill({ page: PAGE }) }, 400, '/views too_many'],
    [{ views: [{ page: PAGE }, null] }, 400, '/views/1 not_an_object'],
    [{ views: [{ page: PAGE }, PAGE] }, 400, '/views/1 not_an_object'],
    [{ views: [{ page: PAGE }, [PAGE]] }, 400, '/views/1 not_an_object'],
    [{ views: [[]] }, 400, '/views/0 not_an_object'],
    [{ views: [{ page: PAGE }, {}] }, 400, '/views/1/page required'],
    [{ views: [{ page: PAGE }, { page: '?q' }] }, 400, '/views/1/page length_out_of_range'],
    [{ views: [{ page: PAGE }, { page: PAGE, title: CARD }] }, 422, '/views/1/title card_number_refused'],
    [{ views: [{ page: PAGE }, { page: PAGE, viewedAt: soon }] }, 400, '/views/1/viewedAt time_in_future'],
    [{ views: [{ page: PAGE }, { page: PAGE }, { page: PAGE, viewedAt: old }] }, 400, '/views/2/viewedAt time_too_old'],
    [{ views: [{ page: PAGE, viewedAt: 'x' }, { page: PAGE }] }, 400, '/views/0/viewedAt date_invalid'],
  ])('are refused as bad input, all of them: %j', async (body, status, problem) => {
    const answer = await manager.post(VIEWS, body).expect(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const [fault] = answer.body.errors;
    expect(`${fault.field} ${fault.code}`).toBe(problem);
    expect(answer.text).not.toContain(CARD);
    expect(await viewed()).toEqual([]);
  });

  it.each(['null', '"text"', '7', ''])('are not a body of %j', async (body) => {
    const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
    const answer = await fetch(service.url + VIEWS, { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('need somebody who is signed in', async () => {
    expect((await service.nobody.post(VIEWS, { page: PAGE }).expect(401)).body.code).toBe('token_missing');
    const john = await service.newUser(manager, `john@${accounts}.example`, 'John Doe');
    await john.post(VIEWS, { page: PAGE }).expect(201);
  });

  it('are recorded once, however often they are sent with the same Idempotency-Key', async () => {
    const flow = { views: [{ page: '/a' }, { page: '/b?q' }] };
    const send = (body: object, person = manager) => person.post(VIEWS, body).set('idempotency-key', 'flow-1');
    expect((await send(flow).expect(201)).headers['idempotent-replayed']).toBeUndefined();
    const again = await send(flow).expect(201);
    expect([again.body, again.headers['idempotent-replayed']]).toEqual([{ recorded: 2 }, 'true']);
    expect((await send({ page: '/c' }).expect(422)).body.code).toBe('idempotency_key_reused');
    const { program } = await makeKey(service, manager);
    await send({ page: '/c' }, program).expect(201);
    expect((await viewed()).map(({ page }) => page)).toEqual(['/a', '/b', '/c']);
  });

  it('that were refused may be sent again with the same Idempotency-Key', async () => {
    const body = { page: PAGE, viewedAt: soon };
    await manager.post(VIEWS, body).set('idempotency-key', 'flow-2').expect(400);
    service.setTime(soon);
    await manager.post(VIEWS, body).set('idempotency-key', 'flow-2').expect(201);
    service.setTime('2026-03-05T12:06:00.000Z');
    expect(await manager.report({ activity: 'page.accessed', from: '2026-03-05' })).toHaveLength(1);
  });

  it('that cannot all be recorded are not recorded at all, and nobody is told that they are', async () => {
    await service.writeSource.query('ALTER TABLE activities RENAME TO activities_away');
    try {
      const { body } = await manager.post(VIEWS, { views: [{ page: '/a' }, { page: '/b' }] }).expect(503);
      expect(body.code).toBe('activity_not_recorded');
    } finally {
      await service.writeSource.query('ALTER TABLE activities_away RENAME TO activities');
    }
    expect(await viewed()).toEqual([]);
  });
});
