import { ApiKey } from '../../../src/auth/api-keys/api-key.entity';
import { ApiKeysRepository } from '../../../src/auth/api-keys/api-keys.repository';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { makeKey } from '../../support/api-keys';
import { onServer } from '../../support/database';
import { Person } from '../../support/person';
import { buildOrder, stockShop } from '../../support/shop';
import { useService } from '../../support/use-service';

const KEYS = '/v1/api-keys';
const ME = '/v1/auth/me';
const EVERYTHING = ['users_activity', 'orders', 'products', 'api_keys', 'manage_user_access', 'account_settings'];

describe('an API key in use', () => {
  const service = useService({ TRUST_PROXY: '1' });
  let manager: Person;
  /** Makes and opens each account of its own. */
  let accounts = 0;

  beforeEach(async () => {
    accounts += 1;
    manager = await service.newManager(`manager@${accounts}.example`);
  });
  afterEach(() => jest.restoreAllMocks());

  const newUser = (name: string, privileges: string[]) =>
    service.newUser(manager, `${name.toLowerCase()}@${accounts}.example`, name, privileges);
  const changeUser = async ({ user }: Person, change: object) => {
    const path = `/v1/users/${user.id}`;
    const { version } = (await manager.get(path).expect(200)).body;
    await manager.patch(path, { ...change, version }).expect(200);
  };
  const viewOf = async (id: string) => (await manager.get(`${KEYS}/${id}`).expect(200)).body;
  const rowsOf = async ({ user }: Person) =>
    (await manager.report({ order: 'asc' })).filter((row) => row.user.id === user.id);
  /** What anybody but the manager, who asks, left on the report. */
  const recorded = async () => (await manager.report()).filter(({ user }) => user.id !== manager.user.id);

  it('says who it is, and what it may do', async () => {
    const { id, program } = await makeKey(service, manager, { name: 'nightly-export', privileges: EVERYTHING });
    expect((await program.get(ME).expect(200)).body).toEqual({
      id,
      email: null,
      name: 'API key: nightly-export',
      mustChangePassword: false,
      privileges: ['products', 'manage_user_access', 'account_settings', 'api_keys', 'users_activity', 'orders'],
      account: { ...manager.user.account, timeZone: 'Europe/Bucharest' },
    });
  });

  it('is the user of what is recorded with it', async () => {
    const { id, program } = await makeKey(service, manager, { name: 'nightly-export' });
    await program.get('/v1/reports/users-activity').expect(200);
    await program.get('/v1/roles').expect(403);
    const rows = await rowsOf(program);
    expect(rows.map(({ activity, outcome }) => [activity.code, outcome])).toEqual([
      ['report.built', 'success'],
      ['page.accessed', 'denied'],
    ]);
    for (const { user } of rows) expect(user).toEqual({ id, name: 'API key: nightly-export', email: null });
  });

  it('may do what it was given, and nothing else', async () => {
    const { program } = await makeKey(service, manager, { privileges: ['orders', 'products'] });
    await stockShop(program);
    await program.post('/v1/orders', buildOrder('MONTHLY')).expect(201);
    const { body } = await program.get('/v1/reports/users-activity').expect(403);
    expect(body.code).toBe('privilege_missing');
  });

  it('may do no more than its maker still may, and gets back what the maker gets back', async () => {
    const deputy = await newUser('Dora', ['api_keys', 'users_activity', 'orders']);
    const { program } = await makeKey(service, deputy, { privileges: ['users_activity', 'orders'] });
    const { roleIds } = (await manager.get(`/v1/users/${deputy.user.id}`).expect(200)).body;
    const less = await manager.post('/v1/roles', { name: 'Less', privileges: ['orders', 'refunds'] }).expect(201);
    await changeUser(deputy, { roleIds: [less.body.id] });
    expect((await program.get('/v1/reports/users-activity').expect(403)).body.code).toBe('privilege_missing');
    expect((await program.get(ME).expect(200)).body.privileges).toEqual(['orders']);
    await changeUser(deputy, { roleIds });
    await program.get('/v1/reports/users-activity').expect(200);
  });

  it('is kept out where only users who logged in may be, whatever it holds', async () => {
    const { id, program } = await makeKey(service, manager, { privileges: EVERYTHING });
    for (const attempt of [
      program.get(KEYS),
      program.get(`${KEYS}/${id}`),
      program.post(KEYS, { name: 'twin', privileges: ['orders'] }),
      program.post(KEYS, { bad: 'input' }),
      program.delete(`${KEYS}/${id}`),
      program.post('/v1/auth/logout'),
    ]) {
      const { body, headers } = await attempt.expect(403);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body.code).toBe('session_required');
    }
    const rows = await rowsOf(program);
    expect(rows.map(({ activity, outcome }) => [activity.code, outcome])).toEqual([
      ['page.accessed', 'denied'],
      ['page.accessed', 'denied'],
      ['api_key.created', 'denied'],
      ['api_key.created', 'denied'],
      ['api_key.revoked', 'denied'],
      ['user.logout', 'denied'],
    ]);
    expect((await viewOf(id)).status).toBe('active');
    await program.get(ME).expect(200);
  });

  it('claims its Idempotency-Keys for itself', async () => {
    await stockShop(manager);
    const keys = [await makeKey(service, manager, { privileges: ['orders'] })];
    keys.push(await makeKey(service, manager, { privileges: ['orders'] }));
    const place = (person: Person) =>
      person.post('/v1/orders', buildOrder('MONTHLY')).set('idempotency-key', 'same').expect(201);
    const first = await place(keys[0]!.program);
    expect((await place(keys[0]!.program)).body).toEqual(first.body);
    for (const person of [keys[1]!.program, manager]) {
      const other = await place(person);
      expect(other.headers['idempotent-replayed']).toBeUndefined();
      expect(other.body.reference).not.toBe(first.body.reference);
    }
  });

  describe('is found on the report', () => {
    it('by its id, beside users', async () => {
      const { id, program } = await makeKey(service, manager);
      const john = await newUser('John', ['users_activity']);
      await program.get('/v1/reports/users-activity').expect(200);
      await john.get('/v1/reports/users-activity').expect(200);
      const names = async (userId: string[]) =>
        new Set((await manager.report({ userId })).map(({ user }) => user.name));
      expect(await names([id])).toEqual(new Set([program.user.name]));
      expect(await names([id, john.user.id])).toEqual(new Set([program.user.name, 'John']));
      expect(await manager.csv({ userId: id })).toContain(`,${program.user.name},Build report,`);
    });

    it('but not in another account', async () => {
      const other = await service.newManager(`other@${accounts}.example`);
      const { id } = await makeKey(service, other);
      const { body } = await manager.get('/v1/reports/users-activity', { userId: id }).expect(404);
      expect(body.code).toBe('user_not_found');
    });
  });

  describe('stops working', () => {
    const refused = async (program: Person, code: string) => {
      const { body, headers } = await program.get(ME).expect(401);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(body).toMatchObject({ status: 401, code, errors: [{ field: 'Authorization', code }] });
      expect(JSON.stringify(body)).not.toContain(program.token);
    };

    it('at once when it is revoked', async () => {
      const { id, program } = await makeKey(service, manager);
      await program.get(ME).expect(200);
      await manager.delete(`${KEYS}/${id}`).expect(204);
      await refused(program, 'api_key_revoked');
    });

    it('at the moment when it expires', async () => {
      const start = Date.now();
      const expiresAt = new Date(start + 3_600_000).toISOString();
      const { id, program } = await makeKey(service, manager, { expiresAt });
      service.setTime(new Date(start + 3_599_999));
      await program.get(ME).expect(200);
      service.setTime(expiresAt);
      await refused(program, 'token_expired');
      expect((await viewOf(id)).status).toBe('expired');
    });

    it('when its maker is disabled, for good: one made after the maker is back works', async () => {
      const deputy = await newUser('Dora', ['api_keys', 'orders']);
      const { id, program } = await makeKey(service, deputy, { name: 'export', privileges: ['orders'] });
      await changeUser(deputy, { status: 'disabled' });
      await refused(program, 'user_disabled');
      expect((await viewOf(id)).status).toBe('user_disabled');
      await changeUser(deputy, { status: 'active' });
      await refused(program, 'user_disabled');
      expect((await viewOf(id)).status).toBe('user_disabled');
      const back = await service.login(`dora@${accounts}.example`);
      const next = await makeKey(service, back, { name: 'export', privileges: ['orders'] });
      await next.program.get(ME).expect(200);
    });

    it('if it was never given out, or is malformed', async () => {
      await refused(new Person(service.url, `uak_${'x'.repeat(43)}`), 'token_invalid');
      const { token } = await makeKey(service, manager);
      for (const malformed of [`${token}x`, token.slice(0, -1), token.replace('uak_', 'uax_'), token.toUpperCase()]) {
        await refused(new Person(service.url, malformed), 'token_malformed');
      }
      await refused(new Person(service.url, token.replace('uak_', 'uas_')), 'token_invalid');
    });

    it('and leaves no record of whoever tries', async () => {
      const { id, program } = await makeKey(service, manager);
      await manager.delete(`${KEYS}/${id}`).expect(204);
      const before = await recorded();
      await program.get('/v1/reports/users-activity').expect(401);
      expect(await recorded()).toEqual(before);
    });
  });

  describe('was last used', () => {
    const START = Date.parse('2026-01-15T10:00:00.000Z');
    const at = (milliseconds: number) => new Date(START + milliseconds);
    /** A key that is made at the start, and how it is used later. */
    const keyAtStart = async () => {
      service.setTime(at(0));
      manager = await service.login(`manager@${accounts}.example`);
      const { id, program } = await makeKey(service, manager);
      return {
        id,
        use: async (milliseconds: number) => {
          service.setTime(at(milliseconds));
          await program.get(ME).expect(200);
          return (await viewOf(id)).lastUsedAt as string | null;
        },
      };
    };

    it('to the minute', async () => {
      const { id, use } = await keyAtStart();
      const noteUse = jest.spyOn(service.app.get(ApiKeysRepository), 'updateLastUsedAt');
      expect((await viewOf(id)).lastUsedAt).toBeNull();
      expect(await use(1000)).toBe('2026-01-15T12:00:01.000+02:00');
      expect(await use(60_999)).toBe('2026-01-15T12:00:01.000+02:00');
      expect(await use(61_000)).toBe('2026-01-15T12:01:01.000+02:00');
      expect(noteUse).toHaveBeenCalledTimes(2);
    });

    it('is not written again by who did not see that it was written', async () => {
      const { id } = await keyAtStart();
      const keys = service.app.get(ApiKeysRepository);
      const note = (latest: number, usedAt: number) =>
        service.app.get(UnitOfWork).run(() => keys.updateLastUsedAt(id, at(latest), at(usedAt)));
      const lastUsedAt = async () =>
        (await service.writeSource.manager.findOneByOrFail(ApiKey, { id })).lastUsedAt?.getTime();
      await note(0, 60_000);
      expect(await lastUsedAt()).toBe(START + 60_000);
      await note(59_999, 119_999);
      expect(await lastUsedAt()).toBe(START + 60_000);
      await note(60_000, 120_000);
      expect(await lastUsedAt()).toBe(START + 120_000);
    });

    it('is of no matter to a request when it cannot be written', async () => {
      const { use } = await keyAtStart();
      const noteUse = jest.spyOn(service.app.get(ApiKeysRepository), 'updateLastUsedAt');
      const busy = Object.assign(new Error('database is locked'), { code: onServer ? 'ECONNRESET' : 'SQLITE_BUSY' });
      noteUse.mockRejectedValue(busy);
      expect(await use(1000)).toBeNull();
      noteUse.mockRestore();
      expect(await use(2000)).toBe('2026-01-15T12:00:02.000+02:00');
    });

    it('by many requests at once, none of which fails', async () => {
      const { program, id } = await makeKey(service, manager);
      const answers = await Promise.all(Array.from({ length: 20 }, () => program.get(ME)));
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
      expect((await viewOf(id)).lastUsedAt).not.toBeNull();
    });

    // On the embedded database there is no row to hold: its one connection has all of it.
    if (onServer) {
      it('by a request that does not wait for whoever holds the key', async () => {
        const { program, id } = await makeKey(service, manager);
        await service.writeSource.transaction(async (holder) => {
          await holder.update(ApiKey, { id }, { name: 'held' });
          await program.get(ME).expect(200);
        });
        expect((await viewOf(id)).lastUsedAt).toBeNull();
      });
    }
  });
});
