import { momentOf } from '../../../src/lib/time-ordered-id';
import { batchOf, ingest, ingestedRows, minutesAgo, recordOf, type RecordRequest } from '../../support/ingestion';
import { Person } from '../../support/person';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

describe('records of another system', () => {
  const service = useService();
  const manager = useManager(service);
  const sender = useUser(service, manager, 'sender@one.example', 'Sender', ['activities_write']);
  const john = useUser(service, manager, 'john@one.example', 'John Doe');

  afterEach(() => jest.restoreAllMocks());

  const rowOf = async (id: string) => (await manager.report({ limit: 1000 })).find((row) => row.id === id);
  const idOf = async (record: RecordRequest): Promise<string> =>
    (await ingest(sender, [record]).expect(200)).body.records[0].id;

  it('are in the report with every column, when the answer comes', async () => {
    const occurredAt = '2026-01-15T09:30:00.123+02:00';
    service.setTime('2026-01-20T00:00:00Z');
    const later = await service.login('sender@one.example');
    const record = {
      key: 'all columns',
      occurredAt,
      activity: 'subscription.price_changed',
      outcome: 'success',
      user: { id: john.user.id },
      subscriptionReference: 'ABCD123',
      orderReference: '1234567',
      amount: '-19.90',
      currency: 'USD',
      billingCycles: 12,
      comment: 'Ștefan 😀, "quoted"\nnext line',
      page: 'Subscription',
      ipAddress: '2001:db8::7',
      userAgent: 'a batch job',
    };
    const { body, headers } = await ingest(later, [record]).expect(200);
    const { id } = body.records[0];
    expect(body).toEqual({ recorded: 1, duplicates: 0, records: [{ key: 'all columns', id, status: 'recorded' }] });
    expect(momentOf(id)).toBe(Date.parse(occurredAt));
    const reader = await service.login('manager@one.example');
    const [stored] = await reader.report({ from: '2026-01-15', to: '2026-01-15' });
    // Null until the record has its place in the ledger, which may be by now.
    const { recordedAt: _, ...row } = stored!;
    const { key, ...columns } = record;
    expect(row).toEqual({
      ...columns,
      id,
      url: `/v1/activities/${id}`,
      failureCode: null,
      details: { key, senderId: later.user.id },
      sentBy: 'Sender',
      activity: { code: 'subscription.price_changed', label: 'Change subscription price' },
      user: { id: john.user.id, name: 'John Doe', email: 'john@one.example' },
      requestId: headers['x-request-id'],
    });
    expect(await reader.csv({ from: '2026-01-15', to: '2026-01-15' })).toContain(
      '\r\n2026-01-15 09:30:00,John Doe,Change subscription price,ABCD123,1234567,-19.90,USD,12,"Ștefan 😀, ""quoted""\nnext line"\r\n',
    );
  });

  it('are duplicates when they come again, alone or among others', async () => {
    const records = batchOf(5, 'again');
    const first = (await ingest(sender, records).expect(200)).body;
    expect(first).toMatchObject({ recorded: 5, duplicates: 0 });
    const before = await ingestedRows(service);
    const again = (await ingest(sender, [...records].reverse()).expect(200)).body;
    expect(again).toMatchObject({ recorded: 0, duplicates: 5 });
    expect(again.records.map(({ id }: { id: string }) => id).reverse()).toEqual(
      first.records.map(({ id }: { id: string }) => id),
    );
    expect(await ingestedRows(service)).toEqual(before);
    const mixed = (await ingest(manager, [recordOf('new one'), records[3]]).expect(200)).body;
    expect(mixed.records.map(({ status }: { status: string }) => status)).toEqual(['recorded', 'duplicate']);
    expect(mixed).toMatchObject({ recorded: 1, duplicates: 1 });
    expect(await ingestedRows(service)).toHaveLength(before.length + 1);
  });

  it('are the same record however they are written', async () => {
    const moment = new Date(Date.now() - 3_600_000);
    const at = moment.toISOString();
    const elsewhere = new Date(moment.getTime() + 19_800_000).toISOString().replace('Z', '+05:30');
    const written = recordOf('spelled', {
      occurredAt: at,
      activity: 'order.placed',
      orderReference: '7',
      amount: '50',
      currency: 'USD',
      user: { name: 'Nadia Night', email: 'Nadia@Night-Shift.example' },
    });
    const otherwise = Object.fromEntries(
      Object.entries({
        ...written,
        occurredAt: elsewhere,
        amount: '50.00',
        outcome: 'success',
        user: { email: 'nadia@night-shift.example', name: 'Nadia Night' },
      }).reverse(),
    );
    const id = await idOf(written);
    const { body } = await ingest(sender, [otherwise, written]).expect(200);
    expect(body).toMatchObject({ recorded: 0, duplicates: 2, records: [{ id }, { id }] });
  });

  it('are recorded once when a batch has one twice', async () => {
    const record = recordOf('twice in a batch');
    const { body } = await ingest(sender, [record, recordOf('between'), { ...record }]).expect(200);
    expect(body).toMatchObject({ recorded: 2, duplicates: 1 });
    expect(body.records.map(({ status }: { status: string }) => status)).toEqual(['recorded', 'recorded', 'duplicate']);
    const stored = (await ingestedRows(service)).find(({ id }) => id === body.records[0].id)!;
    expect(stored).toMatchObject({ user_email: 'nadia@night-shift.example', details: { key: 'twice in a batch' } });
  });

  it('are two records with one key at two times', async () => {
    const [one, other] = [minutesAgo(10), minutesAgo(11)];
    const ids = [await idOf(recordOf('key', { occurredAt: one })), await idOf(recordOf('key', { occurredAt: other }))];
    expect(ids[0]!.slice(10)).toBe(ids[1]!.slice(10));
    expect(await rowOf(ids[0]!)).toMatchObject({ page: 'Elsewhere' });
    expect(await rowOf(ids[1]!)).toMatchObject({ page: 'Elsewhere' });
    const [first, second] = [recordOf('key', { occurredAt: one }), recordOf('key', { occurredAt: minutesAgo(12) })];
    const { body } = await ingest(sender, [first, second, { ...second }]).expect(200);
    expect(body).toMatchObject({ recorded: 1, duplicates: 2, records: [{ id: ids[0] }, {}, { status: 'duplicate' }] });
  });

  it.each([
    ['/orders?token=secret#access_token=secret', '/orders'],
    [`/reset?token=uai_${'x'.repeat(43)}`, '/reset'],
    ['/search?q=4111111111111111', '/search'],
    ['https://john:secret@panel.example/orders', 'https://panel.example/orders'],
  ])('have pages without the parts of an address that can be secret: %s', async (page, kept) => {
    const record = recordOf(`at ${kept} ${page.length}`, { activity: 'page.accessed', page });
    const id = await idOf(record);
    expect(await rowOf(id)).toMatchObject({ page: kept });
    const { body } = await ingest(sender, [{ ...record, page: kept }]).expect(200);
    expect(body).toMatchObject({ recorded: 0, duplicates: 1, records: [{ id }] });
  });

  it('are refused whole when one says something else than what is there', async () => {
    const record = recordOf('kept');
    const id = await idOf(record);
    const before = await ingestedRows(service);
    const { body } = await ingest(sender, [recordOf('fresh'), record, { ...record, page: 'Changed' }]).expect(400);
    expect(body).toMatchObject({ code: 'key_repeated', errors: [{ field: '/records/2/key', code: 'key_repeated' }] });
    const changes = [{ page: 'Changed' }, { outcome: 'failure' }, { user: { id: john.user.id } }, { comment: '' }];
    for (const change of changes) {
      const batch = [recordOf('fresh'), { ...record, ...change }];
      const answer = await ingest(sender, batch).expect(409);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ code: 'key_reused', errors: [{ field: '/records/1/key' }] });
      expect(answer.body.errors).toHaveLength(1);
    }
    expect(await ingestedRows(service)).toEqual(before);
    expect(await rowOf(id)).toMatchObject({
      page: 'Elsewhere',
      user: { id: null, name: 'Nadia Night', email: 'nadia@night-shift.example' },
    });
  });

  it('belong to the user whose id they have, under the name of now', async () => {
    const id = await idOf(recordOf('by id', { user: { id: john.user.id } }));
    expect(await rowOf(id)).toMatchObject({ user: { id: john.user.id, name: 'John Doe', email: 'john@one.example' } });
    expect((await manager.report({ userId: john.user.id })).map((row) => row.id)).toContain(id);
  });

  it('belong to the user who has the e-mail, under the name that they have', async () => {
    const id = await idOf(recordOf('by e-mail', { user: { name: 'Johnny', email: ' John@ONE.example' } }));
    expect(await rowOf(id)).toMatchObject({ user: { id: john.user.id, name: 'Johnny', email: 'john@one.example' } });
    const row = (await ingestedRows(service)).find((stored) => stored.id === id)!;
    expect(row.details).toEqual({
      key: 'by e-mail',
      fingerprint: expect.stringMatching(/^[a-p]{64}$/) as string,
      senderId: sender.user.id,
    });
  });

  it('belong to nobody here where the e-mail is of nobody here, or of another account', async () => {
    const other = await service.newManager('manager@two.example');
    const user = { name: 'Oscar', email: 'manager@two.example' };
    const id = await idOf(recordOf('by a stranger', { user }));
    expect(await rowOf(id)).toMatchObject({ user: { id: null, ...user } });
    expect((await other.report()).map((row) => row.id)).not.toContain(id);
  });

  it('may be of a user who is disabled, and stay duplicates when users change', async () => {
    const request = buildUser({ email: 'gone@one.example', name: 'Gina Gone' });
    const { body: gina } = await manager.post('/v1/users', request).expect(201);
    const records = [
      recordOf('hers', { user: { id: gina.id } }),
      recordOf('later hers', { user: { name: 'Late', email: 'late@one.example' } }),
    ];
    await manager.patch(`/v1/users/${gina.id}`, { status: 'disabled', version: gina.version }).expect(200);
    expect((await ingest(sender, records).expect(200)).body).toMatchObject({ recorded: 2 });
    await manager.patch(`/v1/users/${gina.id}`, { name: 'Gina Else', version: 2 }).expect(200);
    await manager.post('/v1/users', { ...request, email: 'late@one.example', name: 'Late' }).expect(201);
    expect((await ingest(sender, records).expect(200)).body).toMatchObject({ recorded: 0, duplicates: 2 });
  });

  it('need not have the columns of their activity when they came to nothing', async () => {
    const record = { activity: 'refund.requested', page: undefined };
    const failed = await idOf(recordOf('failed', { ...record, outcome: 'failure' }));
    expect(await rowOf(failed)).toMatchObject({ outcome: 'failure', amount: null, orderReference: null });
    const denied = await idOf(recordOf('denied', { ...record, outcome: 'denied', amount: '5', currency: 'JPY' }));
    expect(await rowOf(denied)).toMatchObject({ outcome: 'denied', amount: '5', currency: 'JPY' });
  });

  it('may be of every activity in the catalogue', async () => {
    const { body } = await manager.get('/v1/activity-types').expect(200);
    const columns = {
      subscriptionReference: 'S',
      orderReference: 'O',
      amount: '1',
      currency: 'EUR',
      billingCycles: 1,
      comment: 'C',
      page: 'P',
    };
    const codes = body.data.map(({ code }: { code: string }) => code);
    const records = codes.map((code: string) => recordOf(`every ${code}`, { activity: code, ...columns }));
    expect((await ingest(sender, records).expect(200)).body).toMatchObject({ recorded: codes.length });
  });

  it('may be 5 minutes ahead, and as old as the account keeps', async () => {
    const now = new Date('2026-06-01T12:00:00.000Z');
    service.setTime(now);
    const at = (occurredAt: number, key: string) => recordOf(key, { occurredAt: new Date(occurredAt).toISOString() });
    const late = await service.login('sender@one.example');
    const [ahead, oldest] = [now.getTime() + 5 * 60_000, now.getTime() - 3650 * 24 * 60 * 60_000];
    await ingest(late, [at(ahead, 'ahead'), at(oldest, 'oldest')]).expect(200);
    const { body } = await ingest(late, [at(ahead + 1, 'too far'), at(oldest - 1, 'too old')]).expect(400);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['/records/0/occurredAt', 'time_in_future'],
      ['/records/1/occurredAt', 'time_too_old'],
    ]);
  });

  it('follow the account when it keeps less', async () => {
    const chief = await service.newManager('manager@three.example');
    const old = recordOf('31 days', { occurredAt: minutesAgo(31 * 24 * 60) });
    await ingest(chief, [old]).expect(200);
    await chief.patch('/v1/account', { retentionDays: 30, version: 1 }).expect(200);
    expect((await ingest(chief, [{ ...old, key: 'other' }]).expect(400)).body.code).toBe('time_too_old');
    await ingest(chief, [recordOf('29 days', { occurredAt: minutesAgo(29 * 24 * 60) })]).expect(200);
  });

  it('are kept apart by account, also with the same key and time', async () => {
    const other = await service.newManager('manager@four.example');
    const record = recordOf('shared key', { comment: 'of the first' });
    const id = await idOf(record);
    const { body } = await ingest(other, [{ ...record, comment: 'of the other' }]).expect(200);
    expect(body.records).toEqual([{ key: 'shared key', id, status: 'recorded' }]);
    expect(await rowOf(id)).toMatchObject({ comment: 'of the first' });
    expect((await other.report()).find((row) => row.id === id)).toMatchObject({ comment: 'of the other' });
  });

  it('may come from a program with an API key, and are not its own doing', async () => {
    const request = { name: 'crm', privileges: ['activities_write'] };
    const { body: key } = await manager.post('/v1/api-keys', request).expect(201);
    const program = new Person(service.url, key.token);
    const record = recordOf('by a program', { user: { id: john.user.id } });
    const { body } = await ingest(program, [record]).expect(200);
    expect(await rowOf(body.records[0].id)).toMatchObject({ user: { id: john.user.id, name: 'John Doe' } });
    expect((await ingest(sender, [record]).expect(200)).body).toMatchObject({ duplicates: 1 });
    expect(await rowOf(body.records[0].id)).toMatchObject({ sentBy: 'API key: crm' });
    const own = await ingest(program, [recordOf('its own', { user: { id: key.id } })]).expect(400);
    expect(own.body).toMatchObject({ code: 'user_not_found', errors: [{ field: '/records/0/user/id' }] });
  });

  it('need the privilege; an attempt without it is recorded', async () => {
    const { body } = await ingest(john, [recordOf('denied attempt')]).expect(403);
    expect(body.code).toBe('privilege_missing');
    const [denied] = await manager.report({ userId: john.user.id, outcome: 'denied', limit: 1 });
    expect(denied).toMatchObject({ page: '/v1/activities', user: { name: 'John Doe' } });
    expect((await ingestedRows(service)).map(({ details }) => details.key)).not.toContain('denied attempt');
    await ingest(service.nobody, [recordOf('nobody')]).expect(401);
  });

  it('have random ids, times and counters as keys, of which none is taken for the number of a card', async () => {
    const keys = Array.from({ length: 1000 }, (_, place) =>
      place % 2 ? crypto.randomUUID() : `job-${Date.now() + place}-${place}`,
    );
    const { body } = await ingest(
      sender,
      keys.map((key) => recordOf(key)),
    ).expect(200);
    expect(body).toMatchObject({ recorded: 1000 });
    const stored = new Set((await ingestedRows(service)).map(({ details }) => details.key));
    expect(keys.filter((key) => !stored.has(key))).toEqual([]);
    expect(
      (
        await ingest(
          sender,
          keys.map((key) => recordOf(key, { occurredAt: minutesAgo(2) })),
        ).expect(200)
      ).body,
    ).toMatchObject({ recorded: 1000 });
  });
});
