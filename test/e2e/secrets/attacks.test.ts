import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { ActivityType } from '../../../src/audit/catalogue/activity-type';
import { type Person, REPORT } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

const LOGIN = '/v1/auth/login';

describe('whoever means ill', () => {
  const service = useService();
  const manager = useManager(service);

  afterEach(() => jest.restoreAllMocks());

  describe('cannot send what breaks the service:', () => {
    const deep = (open: string, close: string, depth = 100_000) => open.repeat(depth) + close.repeat(depth);

    it.each([
      ['lists without end', deep('[', ']')],
      ['objects without end', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
      ['a field of lists without end', `{"email":${deep('[', ']')},"password":"x"}`],
    ])('%s', async (_, body) => {
      const { body: problem } = await manager.post('/v1/users').type('json').send(body).expect(400);
      expect(problem.code).toBe('body_too_deep');
    });

    it('lists without end, to a route that anybody may call', async () => {
      const post = (depth: number) =>
        service.nobody
          .post(LOGIN)
          .type('json')
          .send(deep('[', ']', depth));
      expect((await post(8000).expect(400)).body.code).toBe('body_too_deep');
      expect((await post(100_000).expect(413)).body.code).toBe('body_too_large');
    });

    it.each(['\ud800@b.example', 'a\u0000b@b.example', '\u0007@b.example'])('the text %j', async (email) => {
      const request = buildUser({ email, name: 'N' });
      const { body } = await manager.post('/v1/users', request).expect(400);
      expect(body).toMatchObject({ code: 'text_malformed', errors: [{ field: '/email' }] });
    });

    const digest = (text: string) => createHash('sha256').update(`cursor:${text}`).digest('base64url').slice(0, 16);
    const forged = (cursor: unknown) => {
      const body = Buffer.from(typeof cursor === 'string' ? cursor : JSON.stringify(cursor)).toString('base64url');
      return `${body}.${digest(body)}`;
    };
    const ID = '01J00000000000000000000000';

    it.each([
      ['nothing', ''],
      ['null', 'null'],
      ['half a body', '{'],
      ['no id', { filter: 'x' }],
      ['a list as id', { after: [1, 2] }],
      ['an object as id', { after: { a: 1 } }],
      ['another text as id', { after: "' OR 1=1" }],
      ['an object that is fixed', { after: ID, fixed: { from: {}, to: 1 } }],
      ['nothing that is fixed', { after: ID, fixed: null }],
      ['a fraction', { after: ID, fixed: { from: 0.5, to: 1 } }],
    ])('a cursor with a good checksum around %s', async (_, cursor) => {
      const { body } = await manager.get(REPORT, { cursor: forged(cursor) }).expect(400);
      expect(body.code).toBe('cursor_invalid');
    });

    it('a cursor of the right filter without its interval or its id', async () => {
      await recordFor(service, manager, [{ at: new Date() }, { at: new Date() }]);
      const { body: page } = await manager.get(REPORT, { limit: 1 }).expect(200);
      const good = JSON.parse(Buffer.from(page.nextCursor.split('.')[0], 'base64url').toString());
      const refuses = async (changed: object) => {
        const cursor = forged({ ...good, ...changed });
        const { body } = await manager.get(REPORT, { limit: 1, cursor }).expect(400);
        expect(body.code).toBe('cursor_invalid');
      };
      for (const fixed of [undefined, null, 'x', {}, { from: {}, to: 1 }, { from: 0.5, to: 1 }])
        await refuses({ fixed });
      for (const fixed of [
        { from: -1, to: 5 },
        { from: 0, to: 8.64e15 },
        { from: 0, to: Date.UTC(9999, 11, 30) + 1 },
        { from: ID, to: ID },
      ])
        await refuses({ fixed });
      for (const after of [undefined, null, 7, [ID], { a: 1 }, "' OR 1=1"]) await refuses({ after });
    });

    it('fields without end', async () => {
      const fields = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, number) => [`field${number}`, 1]));
      // Those, and the two fields that a role must have.
      expect((await manager.post('/v1/roles', fields(100)).expect(400)).body.errors).toHaveLength(102);
      expect((await manager.post('/v1/roles', fields(101)).expect(400)).body.code).toBe('body_too_wide');
      expect((await manager.post('/v1/roles', fields(5000)).expect(400)).body.code).toBe('body_too_wide');
    });

    it('what is no HTTP at all', async () => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      socket.end('NOT HTTP\r\n\r\n');
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"request_malformed"/);
    });
  });

  describe('cannot guess', () => {
    it('which e-mails are known: after ten failures both must wait, with the same answer', async () => {
      await service.newUser(manager, 'known@one.example', 'Known');
      const fail = (email: string) => service.nobody.post(LOGIN, { email, password: 'not the password' });
      for (const email of ['known@one.example', 'unknown@one.example']) {
        for (let failed = 0; failed < 10; failed++) await fail(email).expect(401);
        const { body } = await fail(email).expect(429);
        expect(body.code).toBe('too_many_attempts');
      }
    });

    it('more passwords than ten by asking all at once', async () => {
      await service.newUser(manager, 'busy@one.example', 'Busy');
      const guesses = Array.from({ length: 40 }, (_, number) =>
        service.nobody.post(LOGIN, { email: 'busy@one.example', password: `guess ${number}` }),
      );
      const statuses = (await Promise.all(guesses)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
      expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    });
  });

  describe('and may manage access, but little else,', () => {
    let weak: Person;
    beforeAll(async () => (weak = await service.newUser(manager, 'weak@one.example', 'Weak', ['manage_user_access'])));

    it('cannot empty a role that holds more, nor disable a user who does', async () => {
      const [managers] = (await manager.get('/v1/roles')).body.data;
      const stripped = { privileges: ['manage_user_access'], version: managers.version };
      const { body } = await weak.patch(`/v1/roles/${managers.id}`, stripped).expect(403);
      expect(body.code).toBe('privilege_not_held');
      const { version } = (await manager.get(`/v1/users/${manager.user.id}`)).body;
      const disabled = await weak.patch(`/v1/users/${manager.user.id}`, { status: 'disabled', version }).expect(403);
      expect(disabled.body.code).toBe('privilege_not_held');
    });

    it('cannot be the only ones left to manage access where a privilege would be lost with a change', async () => {
      const [managers] = (await manager.get('/v1/roles')).body.data;
      const privileges = managers.privileges.filter((privilege: string) => privilege !== 'orders');
      const { body } = await manager
        .patch(`/v1/roles/${managers.id}`, { privileges, version: managers.version })
        .expect(409);
      expect(body.code).toBe('privilege_would_be_lost');
    });

    it('cannot hand a stronger user over to another e-mail, nor disable one or bring one back', async () => {
      const strong = await service.newUser(manager, 'strong@one.example', 'Strong', ['users_activity']);
      const path = `/v1/users/${strong.user.id}`;
      const { body } = await weak.patch(path, { email: 'mine@one.example', version: 1 }).expect(403);
      expect(body.code).toBe('privilege_not_held');
      await weak.patch(path, { status: 'disabled', version: 1 }).expect(403);
      await manager.patch(path, { status: 'disabled', version: 1 }).expect(200);
      await weak.patch(path, { status: 'active', version: 2 }).expect(403);
      await manager.patch(path, { status: 'active', version: 2 }).expect(200);
    });
  });

  it('and was disabled does not come back with an old session', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John');
    const path = `/v1/users/${john.user.id}`;
    await manager.patch(path, { status: 'disabled', version: 1 }).expect(200);
    await john.get('/v1/auth/me').expect(401);
    await manager.patch(path, { status: 'active', version: 2 }).expect(200);
    const { body } = await john.get('/v1/auth/me').expect(401);
    expect(body.code).toBe('token_invalid');
    await (await service.login('john@one.example')).get('/v1/auth/me').expect(200);
  });

  it('finds no secret in the details of a record', async () => {
    const details = { password: 'hush', note: `Bearer ${manager.token!}`, card: { number: '4111 1111 1111 1111' } };
    const type = ActivityType.CreditCardChanged;
    await recordFor(service, manager, [
      { at: new Date(), type, fields: { subscriptionReference: 'ABCD123', details } },
    ]);
    const dump = JSON.stringify(await service.writeSource.query('SELECT details FROM activities'));
    expect(dump).toContain('1111');
    for (const secret of ['hush', manager.token!, '4111 1111 1111 1111']) expect(dump).not.toContain(secret);
  });
});
