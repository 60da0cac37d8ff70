import { untilSequenced } from '../../support/ledger';
import { type Person, type Query, REPORT } from '../../support/person';
import { recordFor, type RecordFields } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DAY = { from: '2026-02-03', to: '2026-02-03' };

describe('the Users activity report', () => {
  const service = useService();
  const manager = useManager(service);
  let people: Record<'John' | 'Elena' | 'Noah', Person>;

  /** Who did what on that day, and how it ended: every combination once, a minute apart. */
  const types = ['page.accessed', 'invoice.sent', 'user.login'] as const;
  const outcomes = ['success', 'failure', 'denied'] as const;
  const names = ['John', 'Elena', 'Noah'] as const;
  const done = names.flatMap((name) => types.flatMap((type) => outcomes.map((outcome) => ({ name, type, outcome }))));
  const told = (index: number): RecordFields => ({
    at: new Date(Date.parse('2026-02-03T06:00:00Z') + index * 60_000),
    type: done[index]!.type,
    outcome: done[index]!.outcome,
    fields: { orderReference: String(index), comment: String(index) },
  });

  beforeAll(async () => {
    people = {
      John: await service.newUser(manager, 'john@one.example', 'John'),
      Elena: await service.newUser(manager, 'elena@one.example', 'Elena'),
      Noah: await service.newUser(manager, 'noah@one.example', 'Noah'),
    };
    for (const [index, { name }] of done.entries()) await recordFor(service, people[name], [told(index)]);
    const other = await service.newManager('manager@two.example');
    await recordFor(
      service,
      other,
      done.map((_, index) => told(index)),
    );
  });

  /** The numbers of the rows that the report has. */
  const numbers = async (query: Query) =>
    (await manager.report({ ...DAY, ...query })).map(({ comment }) => Number(comment));
  const ids = (...who: (typeof names)[number][]) => who.map((name) => people[name].user.id);

  it.each<[string, Partial<Record<'name' | 'type' | 'outcome', readonly string[]>>]>([
    ['nothing', {}],
    ['one user', { name: ['John'] }],
    ['several users', { name: ['John', 'Noah'] }],
    ['one activity', { type: ['invoice.sent'] }],
    ['several activities', { type: ['invoice.sent', 'user.login'] }],
    ['one outcome', { outcome: ['denied'] }],
    ['several outcomes', { outcome: ['denied', 'failure'] }],
    ['users and activities', { name: ['Elena', 'Noah'], type: ['user.login'] }],
    [
      'several of each',
      { name: ['John', 'Elena'], type: ['page.accessed', 'user.login'], outcome: ['success', 'denied'] },
    ],
    ['an activity that nobody did', { type: ['refund.requested'] }],
  ])('shows what a filter by %s lets through', async (_, filter) => {
    const wanted = done.flatMap((action, index) =>
      (Object.keys(filter) as (keyof typeof filter)[]).every((key) => filter[key]!.includes(action[key])) ? index : [],
    );
    const { name, type, outcome } = filter;
    const query = {
      ...(name && { userId: ids(...(name as (typeof names)[number][])) }),
      ...(type && { activity: type }),
      ...(outcome && { outcome }),
    };
    expect(await numbers({ ...query, order: 'asc' })).toEqual(wanted);
    expect(await numbers(query)).toEqual(wanted.toReversed());
    expect(await numbers({ ...query, order: 'desc' })).toEqual(wanted.toReversed());
    expect((await manager.csv({ ...DAY, ...query })).split('\r\n')).toHaveLength(wanted.length + 2);
  });

  it('says what it is of', async () => {
    await untilSequenced(service);
    const { body } = await manager.get(REPORT, { ...DAY, limit: 1, order: 'asc' }).expect(200);
    expect(body).toEqual({
      report: 'users-activity',
      timeZone: 'Europe/Bucharest',
      interval: { from: '2026-02-03T00:00:00.000+02:00', to: '2026-02-04T00:00:00.000+02:00' },
      data: [
        {
          id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
          url: expect.stringMatching(/^\/v1\/activities\/[0-9A-Z]{26}$/) as string,
          occurredAt: '2026-02-03T08:00:00.000+02:00',
          recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[23]:00$/) as string,
          user: { id: people.John.user.id, name: 'John', email: people.John.user.email },
          activity: { code: 'page.accessed', label: 'Accessed page' },
          outcome: 'success',
          failureCode: null,
          subscriptionReference: null,
          orderReference: '0',
          amount: null,
          currency: null,
          billingCycles: null,
          comment: '0',
          page: 'Dashboard',
          ipAddress: null,
          userAgent: null,
          requestId: null,
          sentBy: null,
          details: {},
        },
      ],
      nextCursor: expect.any(String) as string,
    });
  });

  it.each([
    ['the last page is exactly full', 9, [9, 9, 9]],
    ['the last page is not full', 10, [10, 10, 7]],
    ['all is on one page, exactly full', 27, [27]],
    ['all is on one page', 1000, [27]],
  ])('comes in pages: %s', async (_, limit, sizes) => {
    for (const order of ['asc', 'desc']) {
      const pages: number[] = [];
      const rows = await manager.walk({ ...DAY, limit, order }, (page) => Promise.resolve(pages.push(page.length)));
      expect(pages).toEqual(sizes);
      const inOrder = done.map((_action, index) => index);
      expect(rows.map(({ comment }) => Number(comment))).toEqual(order === 'asc' ? inOrder : inOrder.toReversed());
    }
  });

  it('has 50 rows on a page where the request does not say', async () => {
    const noah = people.Noah;
    await recordFor(
      service,
      noah,
      Array.from({ length: 51 }, (_, index) => ({ at: `2026-02-05T06:00:00.${100 + index}Z` })),
    );
    const { body } = await manager.get(REPORT, { from: '2026-02-05', to: '2026-02-05' }).expect(200);
    expect(body.data).toHaveLength(50);
    expect(body.nextCursor).not.toBeNull();
  });

  it('has no next page where there is nothing', async () => {
    for (const order of ['asc', 'desc']) {
      const { body, headers } = await manager.get(REPORT, { from: '2001-01-01', to: '2001-01-31', order }).expect(200);
      expect(body).toMatchObject({ data: [], nextCursor: null });
      expect(headers).not.toHaveProperty('link');
    }
  });

  it.each(['asc', 'desc'])('links each page to the next one: %s', async (order) => {
    const query = {
      ...DAY,
      limit: 9,
      order,
      userId: ids('John', 'Elena', 'Noah'),
      timeZone: 'America/New_York',
      to: '2026-02-04',
    };
    const followed: string[] = [];
    let answer = await manager.get(REPORT, query).expect(200);
    for (;;) {
      followed.push(...answer.body.data.map(({ id }: { id: string }) => id));
      const next = /^<(.+)>; rel="next"$/.exec(answer.headers.link ?? '')?.[1];
      expect(next === undefined).toBe(answer.body.nextCursor === null);
      if (next === undefined) break;
      answer = await manager.get(next).expect(200);
    }
    expect(followed).toEqual((await manager.report({ ...query, limit: 1000 })).map(({ id }) => id));
    expect(followed).toHaveLength(27);
  });

  it.each([
    ['a question mark, which needs no encoding in a query', 'now?', 'What now?'],
    ['a percent sign that is not encoded', 'a%20b%', 'a%20b% of c'],
    ['characters that must be encoded', '%C8%98tef%26+%23%2B', 'Ștef& #+'],
  ])('links to the next page of a filter with %s', async (_, q, comment) => {
    const at = Date.parse('2024-05-01T12:00:00Z');
    await recordFor(
      service,
      manager,
      [0, 1, 2].map((second) => ({ at: new Date(at + second * 1000), fields: { comment } })),
    );
    const first = await manager.get(`${REPORT}?q=${q}&from=2024-05-01&to=2024-05-01&limit=2`).expect(200);
    expect(first.body.data).toHaveLength(2);
    const [, next] = /^<(.+)>; rel="next"$/.exec(first.headers.link!)!;
    const second = await manager.get(next!).expect(200);
    expect(second.body).toMatchObject({ data: [{ comment }], nextCursor: null });
  });
});
