import { UnclaimedAttempt } from '../../../src/audit/recording/activity.entity';
import { REPORT } from '../../support/person';
import { Report } from '../../support/report';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

describe('what is recorded', () => {
  const service = useService();
  const manager = useManager(service);
  const report = new Report(manager);

  afterEach(() => jest.restoreAllMocks());

  it('records a login and a logout', async () => {
    const guest = await service.login('manager@one.example');
    expect(await report.lastRow()).toMatchObject({
      activity: { code: 'user.login', label: 'Login' },
      user: { id: manager.user.id, name: 'Maria Manager' },
      outcome: 'success',
      ipAddress: '127.0.0.1',
    });
    await guest.post('/v1/auth/logout').expect(204);
    expect(await report.lastRow({ activity: 'user.logout' })).toMatchObject({ outcome: 'success' });
    await guest.get('/v1/auth/me').expect(401);
  });

  it('records a failed login of a known user, and nothing of an unknown e-mail', async () => {
    const wrong = { email: 'manager@one.example', password: 'not the password' };
    const known = await service.nobody.post('/v1/auth/login', wrong).expect(401);
    expect(await report.lastRow({ activity: 'user.login' })).toMatchObject({
      outcome: 'failure',
      user: { id: manager.user.id },
    });
    const before = await manager.report({ activity: 'user.login' });
    const unknown = await service.nobody.post('/v1/auth/login', { ...wrong, email: 'who@one.example' }).expect(401);
    expect(await manager.report({ activity: 'user.login' })).toHaveLength(before.length);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...known.body, requestId: '' });
    const [unclaimed, ...others] = await service.writeSource.manager.find(UnclaimedAttempt);
    expect(others).toEqual([]);
    expect(unclaimed).toMatchObject({ userName: 'Nobody', userEmail: expect.stringMatching(/@unclaimed\.invalid$/) });
    expect(JSON.stringify(unclaimed)).not.toContain('who@');
  });

  it.each([
    ['/v1/account', 'Account settings'],
    ['/v1/roles', 'Roles'],
    ['/v1/users', 'Users'],
    ['/v1/reports', 'Reports center'],
  ])('records a look at %s as the page "%s"', async (path, title) => {
    const { headers } = await manager.get(path).set('user-agent', 'a browser').expect(200);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
      activity: { label: 'Accessed page' },
      comment: title,
      page: path,
      userAgent: 'a browser',
      requestId: headers['x-request-id'],
    });
  });

  it('records a look at one role and at one user', async () => {
    await manager.get(`/v1/users/${manager.user.id}`).expect(200);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
      comment: 'User',
      page: `/v1/users/${manager.user.id}`,
    });
    const { body } = await manager.get('/v1/roles');
    await manager.get(`/v1/roles/${body.data[0].id}`).expect(200);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({
      comment: 'Role',
      page: `/v1/roles/${body.data[0].id}`,
    });
  });

  it('records each change of roles, users and the account', async () => {
    const role = await manager.post('/v1/roles', { name: 'Desk', privileges: ['orders'] }).expect(201);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'role.created' }, comment: 'Desk' });
    const path = `/v1/roles/${role.body.id}`;
    await manager.patch(path, { privileges: ['orders', 'refunds'], version: 1 }).expect(200);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'role.updated' } });
    await manager.delete(path).expect(204);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'role.deleted' }, comment: 'Desk' });

    const request = buildUser({ email: 'New@One.example' });
    const user = await manager.post('/v1/users', request).expect(201);
    expect(await report.lastRow()).toMatchObject({
      activity: { code: 'user.created' },
      comment: 'Nora New <new@one.example>',
    });
    await manager.patch(`/v1/users/${user.body.id}`, { name: 'Nora Newer', version: 1 }).expect(200);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'user.updated' } });
    await manager.patch(`/v1/users/${user.body.id}`, { status: 'disabled', version: 2 }).expect(200);
    expect(await report.lastRow()).toMatchObject({
      activity: { code: 'user.disabled' },
      comment: 'Nora Newer <new@one.example>',
    });

    await manager.patch('/v1/account', { name: 'Renamed', version: 1 }).expect(200);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'account.updated' }, comment: 'Renamed' });
  });

  it('records what changed from what to what, with the stable code of a failure', async () => {
    const { body } = await manager.post('/v1/roles', { name: 'Before', privileges: [] }).expect(201);
    await manager.patch(`/v1/roles/${body.id}`, { name: 'After', version: 1 }).expect(200);
    await manager.patch(`/v1/roles/${body.id}`, { name: 'Later', version: 1 }).expect(409);
    const rows = await service.writeSource.query<{ details: string }[]>(
      `SELECT details FROM activities WHERE activity = 'role.updated' ORDER BY id DESC LIMIT 2`,
    );
    const [failed, updated] = rows.map(({ details }) => JSON.parse(details));
    expect(updated).toEqual({ roleId: body.id, changes: { name: { from: 'Before', to: 'After' } } });
    expect(failed).toMatchObject({ roleId: body.id, error: 'version_outdated' });
  });

  it('records a report that is built, and one that is exported', async () => {
    await manager.get(REPORT, { interval: 'today' }).expect(200);
    expect(await report.lastRow({ activity: 'report.built' })).toMatchObject({ outcome: 'success' });
    await manager.csv({ interval: 'today' });
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'report.exported' }, outcome: 'success' });
    await manager.get(REPORT, { format: 'csv', timeZone: 'Mars/Olympus' }).expect(400);
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'report.exported' }, outcome: 'failure' });
  });

  it('records an attempt without the privilege as denied, and lets it through once the role is ticked', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['orders']);
    await john.get(REPORT).expect(403);
    expect(await report.lastRow()).toMatchObject({
      user: { name: 'John Doe' },
      activity: { label: 'Build report' },
      outcome: 'denied',
    });
    expect((await manager.csv({ from: '2000-01-01', outcome: 'denied' })).trimEnd().split('\r\n').at(-1)).toMatch(
      /^[-0-9]{10} [:0-9]{8},John Doe,Build report \(denied\),,,,,,/,
    );
    const [role] = (await manager.get('/v1/roles', { limit: 1000 })).body.data.slice(-1);
    await manager
      .patch(`/v1/roles/${role.id}`, { privileges: [...role.privileges, 'users_activity'], version: role.version })
      .expect(200);
    await john.get(REPORT).expect(200);
  });

  it('shows one account nothing of another', async () => {
    const other = await service.newManager('manager@two.example');
    const rows = await new Report(other).walk();
    expect(rows.map(({ user }) => user.name)).not.toContain('John Doe');
    expect(rows.every(({ user }) => user.id === other.user.id || user.id === null)).toBe(true);
    await other.get(`/v1/users/${manager.user.id}`).expect(404);
    await other.get(REPORT, { userId: manager.user.id }).expect(404);
  });

  it('writes no secret into any column', async () => {
    const secret = 'very secret password 4111';
    await service.nobody.post('/v1/auth/login', { email: 'manager@one.example', password: secret }).expect(401);
    await manager.post('/v1/users', { email: 'x', name: 'card 4111 1111 1111 1111', password: secret, roleIds: [] });
    await manager.post('/v1/roles', { name: 'card 4111-1111-1111-1111', privileges: [] }).expect(422);
    await manager.get('/v1/roles').set('user-agent', `agent Bearer ${manager.token!}`);
    const dump = JSON.stringify(await service.writeSource.query('SELECT * FROM activities'));
    for (const leak of [secret, manager.token!, '4111 1111 1111 1111', '4111-1111-1111-1111', PASSWORD]) {
      expect(dump).not.toContain(leak);
    }
  });

  it('keeps the time of a record in its id', async () => {
    service.setTime('2026-03-01T12:34:56.789Z');
    await manager.get('/v1/roles').expect(200);
    jest.restoreAllMocks();
    const [row] = await manager.report({ from: '2026-03-01', to: '2026-03-01' });
    expect(row!.occurredAt).toBe('2026-03-01T14:34:56.789+02:00');
    const [raw] = await service.writeSource.query(`SELECT * FROM activities WHERE id = '${row!.id}'`);
    expect(new Date(typeof raw.occurred_at === 'string' ? `${raw.occurred_at}Z` : raw.occurred_at).toISOString()).toBe(
      '2026-03-01T12:34:56.789Z',
    );
  });
});
