import { makeKey } from '../../support/api-keys';
import { Person } from '../../support/person';
import { Report } from '../../support/report';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const PATH = '/v1/auth/sessions';
const NO_SESSION = '01KAM9W3M8Q6XK2T1N9B7C5D4E';

interface Shown {
  readonly id: string;
  readonly isCurrent: boolean;
}

describe('the own sessions', () => {
  const service = useService({ SESSION_HOURS: '2' });
  const manager = useManager(service);
  let people = 0;
  let email: string;
  let john: Person;

  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    email = `john${people++}@one.example`;
    john = await service.newUser(manager, email, 'John Doe');
  });

  const list = async (person: Person): Promise<Shown[]> => (await person.get(PATH).expect(200)).body.data;
  const current = async (person: Person) => (await list(person)).find(({ isCurrent }) => isCurrent)!.id;
  const isOpen = async (person: Person) => (await person.get('/v1/auth/me')).status === 200;
  /** The newest end of a session of John's. */
  const lastEnd = (query = {}) => new Report(manager, john).lastRow({ activity: 'session.ended', ...query });

  it('are listed, newest first, with where they were opened and which is the current one', async () => {
    service.setTime('2030-01-15T10:00:00.000Z');
    const password = { email, password: 'a password for tests' };
    const agent = 'Browser/1.0 (Some System)';
    const { body } = await service.nobody.post('/v1/auth/login', password).set('user-agent', agent).expect(200);
    const first = new Person(service.url, body.token, body.user);
    service.setTime('2030-01-15T10:30:00.000Z');
    const { token } = await service.login(email);
    const answer = await first.get(PATH).expect(200);
    expect(answer.body).toEqual({
      data: [
        {
          id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
          createdAt: '2030-01-15T12:30:00.000+02:00',
          expiresAt: '2030-01-15T14:30:00.000+02:00',
          ipAddress: '127.0.0.1',
          userAgent: null,
          isCurrent: false,
        },
        {
          id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
          createdAt: '2030-01-15T12:00:00.000+02:00',
          expiresAt: '2030-01-15T14:00:00.000+02:00',
          ipAddress: '127.0.0.1',
          userAgent: agent,
          isCurrent: true,
        },
      ],
      nextCursor: null,
    });
    for (const secret of [body.token, token]) expect(answer.text).not.toContain(secret);
  });

  it('are a page of the Control Panel, on the report', async () => {
    await list(john);
    const [row] = await manager.report({ activity: 'page.accessed', userId: john.user.id, limit: 1 });
    expect(row).toMatchObject({ comment: 'Own sessions' });
  });

  it('come in pages, each once', async () => {
    for (let more = 0; more < 4; more++) await service.login(email);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await john.get(PATH, { limit: 2, ...(cursor && { cursor }) }).expect(200);
      ids.push(...body.data.map(({ id }: Shown) => id));
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    expect(ids).toEqual((await list(john)).map(({ id }) => id));
    expect(ids).toHaveLength(5);
  });

  it('are read with a cursor of the own list only', async () => {
    await service.login(email);
    const { body } = await john.get(PATH, { limit: 1 }).expect(200);
    const refused = await manager.get(PATH, { limit: 1, cursor: body.nextCursor }).expect(400);
    expect(refused.body.code).toBe('cursor_of_another_filter');
  });

  it('are not those that ended, expired, or were opened before the user was disabled', async () => {
    const start = Date.now();
    const disabled = await service.login(email);
    service.setTime(new Date(start + 1000));
    const path = `/v1/users/${john.user.id}`;
    await manager.patch(path, { status: 'disabled', version: 1 }).expect(200);
    await manager.patch(path, { status: 'active', version: 2 }).expect(200);
    service.setTime(new Date(start + 2000));
    const [ended, early] = [await service.login(email), await service.login(email)];
    await ended.post('/v1/auth/logout').expect(204);
    service.setTime(new Date(start + 3600_000));
    const late = await service.login(email);
    expect((await list(late)).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
    service.setTime(new Date(start + 2000 + 2 * 3600_000));
    expect((await list(late)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
    for (const gone of [disabled, ended, early]) expect(await isOpen(gone)).toBe(false);
  });

  it('end one by one, at once, and recorded', async () => {
    const agent = 'Browser/1.0 (Some System)';
    const password = { email, password: 'a password for tests' };
    const { body } = await service.nobody.post('/v1/auth/login', password).set('user-agent', agent).expect(200);
    const other = new Person(service.url, body.token, body.user);
    const third = await service.login(email);
    const id = await current(other);
    await john.delete(`${PATH}/${id}`).expect(204);
    expect((await other.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    expect([await isOpen(john), await isOpen(third)]).toEqual([true, true]);
    expect(await lastEnd()).toMatchObject({
      activity: { code: 'session.ended', label: 'End session' },
      user: { name: 'John Doe' },
      outcome: 'success',
      comment: `127.0.0.1, ${agent}`,
    });
    const [row] = await service.writeSource.query<{ details: string }[]>(
      `SELECT details FROM activities WHERE activity = 'session.ended' ORDER BY id DESC LIMIT 1`,
    );
    expect(JSON.parse(row!.details)).toEqual({ sessionId: id });
  });

  it('end also from the one that is ended', async () => {
    await john.delete(`${PATH}/${await current(john)}`).expect(204);
    expect((await john.get(PATH).expect(401)).body.code).toBe('token_invalid');
    expect(await lastEnd()).toMatchObject({ outcome: 'success', comment: '127.0.0.1, unknown browser' });
  });

  it('end all but the one that asks', async () => {
    const others = [await service.login(email), await service.login(email)];
    await john.delete(PATH).expect(204);
    for (const other of others) expect(await isOpen(other)).toBe(false);
    expect([await isOpen(john), await isOpen(manager)]).toEqual([true, true]);
    expect(await lastEnd()).toMatchObject({ outcome: 'success', comment: 'All others (2)' });
    await john.delete(PATH).expect(204);
    expect(await isOpen(john)).toBe(true);
  });

  it('are one’s own: any other is not there, and the attempt is recorded', async () => {
    const colleague = await service.newUser(manager, `eva${people}@one.example`, 'Eva');
    const stranger = await service.newManager(`manager${people}@two.example`);
    const ended = await service.login(email);
    const endedId = await current(ended);
    await ended.post('/v1/auth/logout').expect(204);
    const bodies = [];
    for (const id of [NO_SESSION, endedId, await current(colleague), await current(stranger)]) {
      const { body } = await john.delete(`${PATH}/${id}`).expect(404);
      expect(body).toMatchObject({ code: 'session_not_found', errors: [{ field: 'id' }] });
      bodies.push({ ...body, instance: '', requestId: '' });
      expect(await lastEnd()).toMatchObject({ outcome: 'failure' });
    }
    for (const body of bodies) expect(body).toEqual(bodies[0]);
    expect([await isOpen(colleague), await isOpen(stranger)]).toEqual([true, true]);
  });

  it('that have expired are not there either', async () => {
    const early = await service.login(email);
    const id = await current(early);
    service.setTime(new Date(Date.now() + 2 * 3600_000 - 60_000));
    const late = await service.login(email);
    service.setTime(new Date(Date.now() + 2 * 3600_000 + 60_000));
    expect((await late.delete(`${PATH}/${id}`).expect(404)).body.code).toBe('session_not_found');
  });

  it('end once when two end them at the same time', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await current(await service.login(email));
      const answers = await Promise.all([john.delete(`${PATH}/${id}`), john.delete(`${PATH}/${id}`)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    }
  });

  it.each([
    ['an id that is none', `${PATH}/current`, 'id_invalid'],
    ['an id that is too long', `${PATH}/${NO_SESSION}0`, 'id_invalid'],
  ])('are not ended by %s', async (_, path, code) => {
    expect((await john.delete(path).expect(400)).body.code).toBe(code);
  });

  it('and the own password are no business of an API key, and its attempts are recorded', async () => {
    const { program: key } = await makeKey(service, manager, { name: 'nightly-export' });
    const change = { currentPassword: 'a password for tests', newPassword: 'quite another password' };
    for (const [attempt, activity] of [
      [key.get(PATH), 'page.accessed'],
      [key.delete(PATH), 'session.ended'],
      [key.delete(`${PATH}/${await current(manager)}`), 'session.ended'],
      [key.post('/v1/auth/password', change), 'user.password_changed'],
    ] as const) {
      expect((await attempt.expect(403)).body.code).toBe('session_required');
      expect((await manager.report({ activity, userId: key.user.id, limit: 1 }))[0]).toMatchObject({
        user: { name: 'API key: nightly-export' },
        outcome: 'denied',
      });
    }
    expect(await isOpen(manager)).toBe(true);
  });

  it('are for whoever is logged in', async () => {
    for (const attempt of [
      service.nobody.get(PATH),
      service.nobody.delete(PATH),
      service.nobody.delete(`${PATH}/${NO_SESSION}`),
    ]) {
      expect((await attempt.expect(401)).body.code).toBe('token_missing');
    }
  });
});
