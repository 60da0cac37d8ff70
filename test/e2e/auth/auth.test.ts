import { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const LOGIN = '/v1/auth/login';
const UNKNOWN_TOKEN = `uas_${'x'.repeat(43)}`;

describe('logging in and out', () => {
  const service = useService({ SESSION_HOURS: '2' });
  const manager = useManager(service);

  afterEach(() => jest.restoreAllMocks());

  const tryLogin = (email: string, password: string) => service.nobody.post(LOGIN, { email, password });
  const me = (token?: string) => new Person(service.url, token).get('/v1/auth/me');

  it('answers a token, its end, and who logged in', async () => {
    service.setTime('2026-01-15T10:00:00.000Z');
    const { body } = await tryLogin(' Manager@ONE.example ', PASSWORD).expect(200);
    expect(body).toEqual({
      token: expect.stringMatching(/^uas_[A-Za-z0-9_-]{43}$/) as string,
      expiresAt: '2026-01-15T14:00:00.000+02:00',
      user: {
        id: manager.user.id,
        email: 'manager@one.example',
        name: 'Maria Manager',
        mustChangePassword: false,
        privileges: expect.arrayContaining(['manage_user_access', 'users_activity']) as string[],
        account: { ...manager.user.account, name: 'Merchant of manager@one.example', timeZone: 'Europe/Bucharest' },
      },
    });
    expect((await me(body.token).expect(200)).body).toEqual(body.user);
  });

  it('gives each login its own token, and ends only the one that logs out, at once', async () => {
    const [one, other] = [await service.login('manager@one.example'), await service.login('manager@one.example')];
    expect(one.token).not.toBe(other.token);
    await one.post('/v1/auth/logout').expect(204);
    expect((await one.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    expect((await one.post('/v1/auth/logout').expect(401)).body.code).toBe('token_invalid');
    await other.get('/v1/auth/me').expect(200);
  });

  it('lets a session last as long as it said', async () => {
    service.setTime('2026-01-15T10:00:00.000Z');
    const { token } = await service.login('manager@one.example');
    service.setTime('2026-01-15T11:59:59.999Z');
    await me(token).expect(200);
    service.setTime('2026-01-15T12:00:00.000Z');
    const { body } = await me(token).expect(401);
    expect(body).toMatchObject({ code: 'token_expired', errors: [{ field: 'Authorization', code: 'token_expired' }] });
  });

  it.each([
    ['no token', undefined, 'token_missing'],
    ['an empty header', '', 'token_missing'],
    ['no scheme', UNKNOWN_TOKEN, 'token_malformed'],
    ['another scheme', 'Basic bWFuYWdlcjpwYXNz', 'token_malformed'],
    ['no token after the scheme', 'Bearer ', 'token_malformed'],
    ['another token', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', 'token_malformed'],
    ['a token that is too long', `Bearer ${UNKNOWN_TOKEN}x`, 'token_malformed'],
    ['a token that nobody has', `Bearer ${UNKNOWN_TOKEN}`, 'token_invalid'],
    ['such a token in other cases', `bearer ${UNKNOWN_TOKEN}`, 'token_invalid'],
  ])('refuses %s', async (_, authorization, code) => {
    for (const path of ['/v1/auth/me', '/v1/roles', '/v1/reports/users-activity', '/v1/privileges']) {
      const request = service.nobody.get(path);
      if (authorization !== undefined) void request.set('authorization', authorization);
      const { body, headers } = await request.expect(401);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(body).toMatchObject({ status: 401, code, errors: [{ field: 'Authorization' }] });
      if (authorization) expect(JSON.stringify(body)).not.toContain(UNKNOWN_TOKEN);
    }
  });

  it('takes a token whatever the case of its scheme', async () => {
    await service.nobody.get('/v1/auth/me').set('authorization', `BEARER ${manager.token!}`).expect(200);
  });

  it('answers the same to an unknown e-mail, a wrong password and a disabled user', async () => {
    const left = await service.newUser(manager, 'left@one.example', 'Lea Left');
    await manager.patch(`/v1/users/${left.user.id}`, { status: 'disabled', version: 1 }).expect(200);
    const answers = [
      await tryLogin('nobody@one.example', PASSWORD),
      await tryLogin('manager@one.example', `${PASSWORD}!`),
      await tryLogin('manager@one.example', PASSWORD.toUpperCase()),
      await tryLogin('left@one.example', PASSWORD),
    ].map(({ status, body, headers }) => ({
      status,
      body: { ...body, requestId: '' },
      headers: { ...headers, date: '', 'x-request-id': '' },
    }));
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'credentials_invalid' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each([
    [{ email: 'manager@one.example' }, ['/password required']],
    [{ password: PASSWORD }, ['/email required']],
    [{ email: 'manager@one.example', password: 12 }, ['/password not_a_text']],
    [{ email: ['manager@one.example'], password: PASSWORD }, ['/email not_a_text']],
    [{ email: { like: '%' }, password: PASSWORD }, ['/email not_a_text']],
    [{ email: ' ', password: '' }, ['/email length_out_of_range', '/password length_out_of_range']],
    [
      { email: 'x'.repeat(255), password: 'x'.repeat(129) },
      ['/email length_out_of_range', '/password length_out_of_range'],
    ],
    [{ email: 'manager@one.example', password: PASSWORD, remember: true }, ['/remember field_unknown']],
  ])('refuses a body that is not credentials: %j', async (body, problems) => {
    const answer = await service.nobody.post(LOGIN, body).expect(400);
    const fields = answer.body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
    expect(fields.sort()).toEqual(problems);
    expect(JSON.stringify(answer.body)).not.toContain(PASSWORD);
  });
});

describe('failed logins', () => {
  const service = useService();
  const manager = useManager(service);
  const EMAIL = 'john@one.example';
  const START = Date.parse('2026-01-15T10:00:00.000Z');
  const SECOND = 1000;

  afterEach(() => jest.restoreAllMocks());

  /** Makes a user who logged in an hour before. */
  const newUser = (email: string, name: string) => {
    service.setTime(new Date(START - 3600 * SECOND));
    return service.newUser(manager, email, name);
  };
  const tryAt = (moment: number, password: string, email = EMAIL) => {
    service.setTime(new Date(moment));
    return service.nobody.post(LOGIN, { email, password });
  };

  it('are ten, then the user must wait, and the right password waits too', async () => {
    await newUser(EMAIL, 'John Doe');
    for (let failed = 0; failed < 10; failed++) await tryAt(START, 'not the password').expect(401);

    const { body, headers } = await tryAt(START + 60 * SECOND, PASSWORD).expect(429);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body.code).toBe('too_many_attempts');
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(15 * 60);

    await tryAt(START + 60 * SECOND, PASSWORD, 'manager@one.example').expect(200);
    await tryAt(START + (60 + wait) * SECOND, PASSWORD).expect(200);
  });

  it('are over after as long as Retry-After says, also when they were minutes apart', async () => {
    const email = 'elena@one.example';
    await newUser(email, 'Elena');
    for (let failed = 0; failed < 10; failed++) {
      await tryAt(START + failed * 60 * SECOND, 'not the password', email).expect(401);
    }
    const refused = START + 9.5 * 60 * SECOND;
    const { headers } = await tryAt(refused, PASSWORD, email).expect(429);
    await tryAt(refused + Number(headers['retry-after']) * SECOND, PASSWORD, email).expect(200);
  });

  it('count from the last login that succeeded', async () => {
    const email = 'noah@one.example';
    await newUser(email, 'Noah');
    for (let round = 0; round < 2; round++) {
      for (let failed = 0; failed < 9; failed++) await tryAt(START, 'not the password', email).expect(401);
      await tryAt(START, PASSWORD, email).expect(200);
    }
  });

  it('are on the report, the refused ones too', async () => {
    const day = { from: '2026-01-15', to: '2026-01-15', activity: 'user.login', outcome: 'failure' };
    const rows = await manager.report(day);
    expect(rows.filter(({ user }) => user.name === 'John Doe')).toHaveLength(11);
  });
});
