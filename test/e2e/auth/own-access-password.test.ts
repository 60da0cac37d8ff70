import { Passwords } from '../../../src/access/members/password';
import type { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const PATH = '/v1/auth/password';
const CHANGE = { currentPassword: PASSWORD, newPassword: 'quite another password' };

describe('changing the own password', () => {
  const service = useService();
  const manager = useManager(service);
  let people = 0;
  let email: string;
  let john: Person;

  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    email = `john${people++}@one.example`;
    john = await service.newUser(manager, email, 'John Doe', ['orders']);
  });

  const logsIn = async (password: string) =>
    (await service.nobody.post('/v1/auth/login', { email, password })).status === 200;
  const rows = (query = {}) =>
    manager.report({ activity: 'user.password_changed', userId: john.user.id, limit: 2, ...query });
  const details = async (): Promise<object> => {
    const [row] = await service.writeSource.query<{ details: string }[]>(
      `SELECT details FROM activities WHERE activity = 'user.password_changed' ORDER BY id DESC LIMIT 1`,
    );
    return JSON.parse(row!.details) as object;
  };

  it('takes the new one from then on, and the current one no more', async () => {
    const { body } = await john.post(PATH, CHANGE).expect(204);
    expect(body).toEqual({});
    expect(await logsIn(PASSWORD)).toBe(false);
    expect(await logsIn(CHANGE.newPassword)).toBe(true);
  });

  it('ends all other sessions, at once, and lets the one that it came from go on', async () => {
    const [other, another] = [await service.login(email), await service.login(email)];
    await john.post(PATH, CHANGE).expect(204);
    for (const ended of [other, another]) {
      expect((await ended.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    }
    await john.get('/v1/auth/me').expect(200);
    await manager.get('/v1/auth/me').expect(200);
  });

  it.each([
    ['the user has logged out', 'token_invalid', () => john.post('/v1/auth/logout').expect(204)],
    [
      'the user was disabled',
      'user_disabled',
      async () => {
        const { version } = (await manager.get(`/v1/users/${john.user.id}`).expect(200)).body;
        await manager.patch(`/v1/users/${john.user.id}`, { status: 'disabled', version }).expect(200);
      },
    ],
  ])('is refused if %s while the passwords were hashed', async (_, code, end) => {
    const passwords = service.app.get(Passwords);
    const hash = passwords.hash.bind(passwords);
    jest.spyOn(passwords, 'hash').mockImplementationOnce(async (password) => {
      await end();
      return hash(password);
    });
    expect((await john.post(PATH, CHANGE).expect(401)).body.code).toBe(code);
    expect((await rows())[0]).toMatchObject({ outcome: 'failure' });
    if (code === 'token_invalid') expect(await logsIn(PASSWORD)).toBe(true);
  });

  it('is recorded, without a password in it', async () => {
    await john.post(PATH, CHANGE).set('user-agent', 'a browser').expect(204);
    expect((await rows())[0]).toMatchObject({
      activity: { code: 'user.password_changed', label: 'Change password' },
      user: { id: john.user.id, name: 'John Doe' },
      outcome: 'success',
      ipAddress: '127.0.0.1',
      userAgent: 'a browser',
    });
    expect(await details()).toEqual({ userId: john.user.id, revokeApiKeys: false });
    const dump = JSON.stringify(await service.writeSource.query('SELECT * FROM activities'));
    for (const secret of [PASSWORD, CHANGE.newPassword]) expect(dump).not.toContain(secret);
  });

  it('is refused with a wrong current password, changes nothing then, and is recorded as a failure', async () => {
    const other = await service.login(email);
    const { body } = await john.post(PATH, { ...CHANGE, currentPassword: 'not the password' }).expect(422);
    expect(body).toMatchObject({
      code: 'password_wrong',
      errors: [{ field: '/currentPassword', code: 'password_wrong' }],
    });
    expect((await rows())[0]).toMatchObject({ outcome: 'failure' });
    expect(await details()).toEqual({ userId: john.user.id, revokeApiKeys: false, error: 'password_wrong' });
    expect(await logsIn(PASSWORD)).toBe(true);
    await other.get('/v1/auth/me').expect(200);
  });

  it('is refused with the current password as the new one', async () => {
    const { body } = await john.post(PATH, { ...CHANGE, newPassword: PASSWORD }).expect(422);
    expect(body).toMatchObject({ code: 'password_unchanged', errors: [{ field: '/newPassword' }] });
  });

  it.each([
    [{}, ['/currentPassword required', '/newPassword required']],
    [{ ...CHANGE, newPassword: 'x'.repeat(11) }, ['/newPassword length_out_of_range']],
    [{ ...CHANGE, newPassword: 'x'.repeat(129) }, ['/newPassword length_out_of_range']],
    [{ ...CHANGE, newPassword: ['x'.repeat(12)] }, ['/newPassword not_a_text']],
    [{ ...CHANGE, newPassword: null }, ['/newPassword not_a_text']],
    [{ ...CHANGE, currentPassword: '' }, ['/currentPassword length_out_of_range']],
    [{ ...CHANGE, currentPassword: { like: '%' } }, ['/currentPassword not_a_text']],
    [{ ...CHANGE, userId: 'x' }, ['/userId field_unknown']],
  ])('is refused when the body is %j', async (request, problems) => {
    const { body } = await john.post(PATH, request).expect(400);
    const fields = body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
    expect(fields.sort()).toEqual(problems);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
    expect(await logsIn(PASSWORD)).toBe(true);
  });

  it.each([
    ['with a \u0000 character', 'text_malformed', 400],
    ['half a \ud83d character', 'text_malformed', 400],
  ])('never takes %j', async (newPassword, code, status) => {
    expect((await john.post(PATH, { ...CHANGE, newPassword }).expect(status)).body.code).toBe(code);
    expect(await logsIn(PASSWORD)).toBe(true);
  });

  it('counts whole characters, whatever they are', async () => {
    const newPassword = '🔑'.repeat(128);
    await john.post(PATH, { ...CHANGE, newPassword }).expect(204);
    expect(await logsIn(newPassword)).toBe(true);
    expect(await logsIn('🔑'.repeat(127))).toBe(false);
  });

  it('must wait after ten wrong passwords, as a login must, and the right one waits too', async () => {
    const start = new Date();
    const later = (seconds: number) => {
      service.setTime(new Date(start.getTime() + seconds * 1000));
    };
    later(0);
    for (let wrong = 0; wrong < 10; wrong++) {
      await john.post(PATH, { ...CHANGE, currentPassword: `guess ${wrong}` }).expect(422);
    }
    const { body, headers } = await john.post(PATH, CHANGE).expect(429);
    expect(body.code).toBe('too_many_attempts');
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect((await rows({ outcome: 'failure', limit: 20 })).length).toBe(11);
    expect((await service.nobody.post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(429);
    later(wait);
    await john.post(PATH, CHANGE).expect(204);
    expect(await logsIn(CHANGE.newPassword)).toBe(true);
  });

  it('cannot guess more by asking all at once', async () => {
    const guesses = Array.from({ length: 30 }, (_, number) =>
      john.post(PATH, { ...CHANGE, currentPassword: `guess ${number}` }),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(10);
    expect(statuses.filter((status) => status !== 422 && status !== 429)).toEqual([]);
  });

  it('goes one way when two sessions do it at the same time', async () => {
    let current = PASSWORD;
    for (let round = 0; round < 4; round++) {
      const sessions = [await service.login(email, current), await service.login(email, current)];
      const wanted = [`new password ${round} one`, `new password ${round} two`];
      const answers = await Promise.all(
        sessions.map((session, index) => session.post(PATH, { currentPassword: current, newPassword: wanted[index] })),
      );
      const won = answers.findIndex(({ status }) => status === 204);
      // The other one came too late, or its session was ended before it was read.
      expect([401, 422]).toContain(answers[1 - won]!.status);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      expect([await logsIn(wanted[won]!), await logsIn(wanted[1 - won]!)]).toEqual([true, false]);
      current = wanted[won]!;
    }
  });

  it('ends also a login with the old password that is under way', async () => {
    const passwords = service.app.get(Passwords);
    const matches = passwords.matches.bind(passwords);
    jest.spyOn(passwords, 'matches').mockImplementationOnce(async (...credentials) => {
      const isRight = await matches(...credentials);
      await john.post(PATH, CHANGE).expect(204);
      return isRight;
    });
    const { body } = await service.nobody.post('/v1/auth/login', { email, password: PASSWORD }).expect(401);
    expect(body.code).toBe('credentials_invalid');
  });

  it('asks for a login', async () => {
    expect((await service.nobody.post(PATH, CHANGE).expect(401)).body.code).toBe('token_missing');
  });
});

describe('a first password that a manager gave', () => {
  const service = useService();
  const manager = useManager(service);
  let nora: Person;
  const FIRST = 'given by the manager';

  beforeAll(async () => {
    const role = await manager.post('/v1/roles', { name: 'Desk', privileges: ['orders', 'users_activity'] });
    const request = { email: 'nora@one.example', name: 'Nora New', password: FIRST, roleIds: [role.body.id] };
    await manager.post('/v1/users', request).expect(201);
  });

  beforeEach(async () => (nora = await service.login('nora@one.example', FIRST)));

  it('logs in, and says that it must be changed', async () => {
    expect(nora.user).toMatchObject({ mustChangePassword: true });
    expect((await nora.get('/v1/auth/me').expect(200)).body.mustChangePassword).toBe(true);
  });

  it.each([
    ['GET', '/v1/reports/users-activity', 'report.built'],
    ['GET', '/v1/privileges', 'page.accessed'],
    ['POST', '/v1/orders', 'order.placed'],
    ['POST', '/v1/users', 'user.created'],
  ])('opens nothing else, such as %s %s, and that is recorded as denied', async (method, path, activity) => {
    const { body } = await (method === 'GET' ? nora.get(path) : nora.post(path, {})).expect(403);
    expect(body).toMatchObject({ code: 'password_change_required' });
    expect((await manager.report({ limit: 1 }))[0]).toMatchObject({
      user: { name: 'Nora New' },
      activity: { code: activity },
      outcome: 'denied',
    });
  });

  it('opens the own sessions, and the logout', async () => {
    const { body } = await nora.get('/v1/auth/sessions').expect(200);
    const other = body.data.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    await nora.delete(`/v1/auth/sessions/${other.id}`).expect(204);
    await nora.delete('/v1/auth/sessions').expect(204);
    await nora.post('/v1/auth/logout').expect(204);
  });

  it('cannot stay, and opens everything once it is changed', async () => {
    const keep = { currentPassword: FIRST, newPassword: FIRST };
    expect((await nora.post('/v1/auth/password', keep).expect(422)).body.code).toBe('password_unchanged');
    await nora.get('/v1/reports').expect(403);
    await nora.post('/v1/auth/password', { ...keep, newPassword: PASSWORD }).expect(204);
    await nora.get('/v1/reports').expect(200);
    expect((await nora.get('/v1/auth/me')).body.mustChangePassword).toBe(false);
    expect((await service.login('nora@one.example')).user).toMatchObject({ mustChangePassword: false });
  });
});
