import { Activity } from '../../../src/audit/recording/activity.entity';
import { ApiKey } from '../../../src/auth/api-keys/api-key.entity';
import type { Page } from '../../../src/http/paging/page.dto';
import { sha256 } from '../../../src/lib/sha256';
import { makeKey } from '../../support/api-keys';
import type { Person, Query, Row } from '../../support/person';
import { Report } from '../../support/report';
import { useService } from '../../support/use-service';

const KEYS = '/v1/api-keys';

describe('API keys', () => {
  const service = useService();
  let manager: Person;
  let report: Report;
  /** Makes and opens each account of its own. */
  let accounts = 0;

  beforeEach(async () => {
    accounts += 1;
    manager = await service.newManager(`manager@${accounts}.example`);
    report = new Report(manager);
  });
  afterEach(() => jest.restoreAllMocks());

  const newUser = (name: string, privileges: string[]) =>
    service.newUser(manager, `${name.toLowerCase()}@${accounts}.example`, name, privileges);
  const request = (told: object = {}) => ({ name: 'nightly-export', privileges: ['users_activity'], ...told });
  const rowOf = (id: string) => service.writeSource.manager.findOneByOrFail(ApiKey, { id });
  const detailsOf = async ({ id }: Row): Promise<Record<string, unknown>> => {
    const { details } = await service.writeSource.manager.findOneByOrFail(Activity, { id });
    return details as Record<string, unknown>;
  };

  describe('that are made', () => {
    it('show their token once, and what they are recognised by from then on', async () => {
      service.setTime('2026-01-15T10:00:00.000Z');
      manager = await service.login(`manager@${accounts}.example`);
      const privileges = ['invoices', 'users_activity'];
      const networks = ['203.0.113.7/24', '2001:DB8::/32'];
      const told = { name: '  nightly-export ', privileges, networks, expiresAt: '2026-02-15T12:00:00+02:00' };
      const { body } = await manager.post(KEYS, request(told)).expect(201);
      const { token, ...view } = body;
      expect(token).toMatch(/^uak_[A-Za-z0-9_-]{43}$/);
      expect(view).toEqual({
        id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
        name: 'nightly-export',
        prefix: token.slice(0, 10),
        privileges: ['users_activity', 'invoices'],
        networks: ['203.0.113.0/24', '2001:db8::/32'],
        createdBy: { id: manager.user.id, name: 'Maria Manager' },
        createdAt: '2026-01-15T12:00:00.000+02:00',
        expiresAt: '2026-02-15T12:00:00.000+02:00',
        lastUsedAt: null,
        revokedAt: null,
        status: 'active',
      });
      expect((await manager.get(`${KEYS}/${body.id}`).expect(200)).body).toEqual(view);
      expect((await manager.get(KEYS).expect(200)).body).toEqual({ data: [view], nextCursor: null });
    });

    it('are stored without their token', async () => {
      const { id, token } = await makeKey(service, manager);
      expect(await rowOf(id)).toMatchObject({ tokenHash: sha256(token), accountId: manager.user.account.id });
      const tables = service.writeSource.entityMetadatas.map(({ tableName }) => tableName);
      const rows = await Promise.all(tables.map((table) => service.writeSource.query(`SELECT * FROM ${table}`)));
      expect(JSON.stringify(rows)).not.toContain(token.slice(0, 12));
    });

    it('are recorded with what they may do, without their token', async () => {
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      const { body } = await manager.post(KEYS, request({ networks: ['203.0.113.7'], expiresAt })).expect(201);
      const row = await report.lastRow({ activity: 'api_key.created' });
      expect(row).toMatchObject({ outcome: 'success', comment: 'nightly-export', user: { id: manager.user.id } });
      expect(await detailsOf(row)).toEqual({
        apiKeyId: body.id,
        prefix: body.prefix,
        privileges: ['users_activity'],
        networks: ['203.0.113.7/32'],
        expiresAt,
      });
    });

    it('need neither an expiry nor networks', async () => {
      for (const told of [{}, { networks: [] }]) {
        const { body } = await manager
          .post(KEYS, request({ name: `key ${JSON.stringify(told)}`, ...told }))
          .expect(201);
        expect(body).toMatchObject({ expiresAt: null, networks: [], status: 'active' });
      }
    });

    it('keep fifty networks, however long they are, each once', async () => {
      const long = Array.from({ length: 50 }, (_, n) => `ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff${n + 10}/128`);
      const { body } = await manager.post(KEYS, request({ networks: long })).expect(201);
      expect(body.networks).toEqual(long);
      expect((await manager.get(`${KEYS}/${body.id}`).expect(200)).body.networks).toEqual(long);
      const same = ['203.0.113.7', '203.0.113.7/32', '::ffff:203.0.113.7'];
      const twin = await manager.post(KEYS, request({ name: 'twin', networks: same })).expect(201);
      expect(twin.body.networks).toEqual(['203.0.113.7/32']);
    });

    it.each([
      [{}, ['/name required', '/privileges required']],
      [request({ name: ' ' }), ['/name length_out_of_range']],
      [request({ name: 'x'.repeat(101) }), ['/name length_out_of_range']],
      [request({ name: '❤️'.repeat(51) }), ['/name length_out_of_range']],
      [request({ name: 7 }), ['/name not_a_text']],
      [request({ name: 'a\u0000b' }), ['/name text_malformed']],
      [request({ name: '\ud800' }), ['/name text_malformed']],
      [request({ privileges: [] }), ['/privileges too_few']],
      [request({ privileges: 'users_activity' }), ['/privileges not_a_list']],
      [request({ privileges: ['users_activity', 'users_activity'] }), ['/privileges repeated_value']],
      [request({ privileges: ['fly'] }), ['/privileges privilege_unknown']],
      [request({ privileges: [null] }), ['/privileges privilege_unknown']],
      [request({ expiresAt: 'tomorrow' }), ['/expiresAt date_invalid']],
      [request({ expiresAt: '2030-01-01' }), ['/expiresAt date_invalid']],
      [request({ expiresAt: '2030-01-01T00:00:00' }), ['/expiresAt date_invalid']],
      [request({ expiresAt: 1_900_000_000 }), ['/expiresAt date_invalid']],
      [request({ networks: '203.0.113.0/24' }), ['/networks not_a_list']],
      [request({ networks: [7] }), ['/networks not_a_text']],
      [request({ networks: [null] }), ['/networks not_a_text']],
      [request({ networks: ['203.0.113.0/33'] }), ['/networks/0 network_invalid']],
      [request({ networks: ['203.0.113.0/24', 'localhost'] }), ['/networks/1 network_invalid']],
      [request({ networks: [''] }), ['/networks/0 network_invalid']],
      [request({ networks: Array<string>(51).fill('203.0.113.0/24') }), ['/networks too_many']],
      [request({ token: 'mine' }), ['/token field_unknown']],
    ])('are refused as bad input: %j', async (body, problems) => {
      const answer = await manager.post(KEYS, body).expect(400);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      const fields = answer.body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
      expect(fields.sort()).toEqual(problems);
      expect((await manager.get(KEYS).expect(200)).body.data).toEqual([]);
    });

    it('expire in the future, and at most ten years ahead', async () => {
      service.setTime('2026-01-15T10:00:00.000Z');
      manager = await service.login(`manager@${accounts}.example`);
      for (const [expiresAt, status, code] of [
        ['2026-01-15T10:00:00.000Z', 400, 'expiry_in_past'],
        ['2026-01-15T12:00:00.001+02:00', 201, undefined],
        ['2036-01-15T10:00:00.000Z', 201, undefined],
        ['2036-01-15T10:00:00.001Z', 400, 'expiry_too_late'],
        ['9999-12-31T23:59:59Z', 400, 'expiry_too_late'],
      ] as const) {
        const { body } = await manager.post(KEYS, request({ name: expiresAt, expiresAt })).expect(status);
        expect(body.code).toBe(code);
        if (code) expect(body.errors[0]).toMatchObject({ field: '/expiresAt', code });
      }
    });

    it('never may what their maker does not hold', async () => {
      const deputy = await newUser('Dora', ['api_keys', 'orders']);
      const { body } = await deputy.post(KEYS, request({ privileges: ['orders', 'refunds'] })).expect(403);
      expect(body).toMatchObject({ code: 'privilege_not_held', errors: [{ field: '/privileges' }] });
      const row = await report.lastRow({ activity: 'api_key.created' });
      expect(row).toMatchObject({ outcome: 'denied', user: { name: 'Dora' }, comment: 'nightly-export' });
      await deputy.post(KEYS, request({ privileges: ['orders'] })).expect(201);
    });

    it('are made by nobody who lacks the privilege, and the attempt is recorded', async () => {
      const auditor = await newUser('Alice', ['users_activity', 'manage_user_access']);
      for (const attempt of [
        auditor.get(KEYS),
        auditor.post(KEYS, request()),
        auditor.delete(`${KEYS}/${manager.user.id}`),
      ]) {
        expect((await attempt.expect(403)).body.code).toBe('privilege_missing');
      }
      const denied = await manager.report({ outcome: 'denied', order: 'asc' });
      expect(denied.map(({ activity, user }) => [user.name, activity.code])).toEqual([
        ['Alice', 'page.accessed'],
        ['Alice', 'api_key.created'],
        ['Alice', 'api_key.revoked'],
      ]);
    });
  });

  describe('of the same name', () => {
    it('are refused as long as the first one works', async () => {
      const first = (await manager.post(KEYS, request()).expect(201)).body;
      const { body } = await manager.post(KEYS, request({ privileges: ['orders'] })).expect(409);
      expect(body).toMatchObject({ code: 'api_key_name_taken', errors: [{ field: '/name' }] });
      await manager.post(KEYS, request({ name: 'Nightly-export' })).expect(201);
      await manager.delete(`${KEYS}/${first.id}`).expect(204);
      await manager.post(KEYS, request()).expect(201);
    });

    it('are made once the first one has expired, or its maker is disabled', async () => {
      const deputy = await newUser('Dora', ['api_keys', 'users_activity']);
      await makeKey(service, deputy, { name: 'of Dora' });
      await manager.patch(`/v1/users/${deputy.user.id}`, { status: 'disabled', version: 1 }).expect(200);
      await manager.post(KEYS, request({ name: 'of Dora' })).expect(201);

      const start = Date.now();
      await manager.post(KEYS, request({ expiresAt: new Date(start + 60_000).toISOString() })).expect(201);
      await manager.post(KEYS, request()).expect(409);
      service.setTime(new Date(start + 60_000));
      await manager.post(KEYS, request()).expect(201);
    });

    it('are made in another account', async () => {
      const other = await service.newManager(`other@${accounts}.example`);
      await other.post(KEYS, request()).expect(201);
      await manager.post(KEYS, request()).expect(201);
    });
  });

  it('are listed page by page, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await makeKey(service, manager)).id);
    const listed: string[] = [];
    let query: Query | undefined = { limit: 2 };
    while (query) {
      const { body }: { body: Page<{ id: string }> } = await manager.get(KEYS, query).expect(200);
      listed.push(...body.data.map(({ id }) => id));
      query = body.nextCursor === null ? undefined : { limit: 2, cursor: body.nextCursor };
    }
    expect(listed).toEqual(ids);
    const looks = await manager.report({ activity: 'page.accessed' });
    expect(looks.map(({ comment }) => comment)).toEqual(['API keys', 'API keys', 'API keys']);
  });

  describe('that are revoked', () => {
    it('say since when, and are recorded', async () => {
      const { id, name, prefix, program } = await makeKey(service, manager, { networks: ['127.0.0.0/8'] });
      await program.get('/v1/auth/me').expect(200);
      await manager.delete(`${KEYS}/${id}`).expect(204);
      const { body } = await manager.get(`${KEYS}/${id}`).expect(200);
      expect(body).toMatchObject({ status: 'revoked', revokedAt: expect.stringMatching(/^20/) as string });
      const row = await report.lastRow({ activity: 'api_key.revoked' });
      expect(row).toMatchObject({ outcome: 'success', comment: name, user: { id: manager.user.id } });
      expect(await detailsOf(row)).toEqual({
        apiKeyId: id,
        prefix,
        privileges: ['users_activity'],
        networks: ['127.0.0.0/8'],
        expiresAt: null,
      });
    });

    it('are not revoked again', async () => {
      const { id, name } = await makeKey(service, manager);
      await manager.delete(`${KEYS}/${id}`).expect(204);
      const { revokedAt } = await rowOf(id);
      expect((await manager.delete(`${KEYS}/${id}`).expect(409)).body.code).toBe('api_key_revoked');
      expect((await rowOf(id)).revokedAt).toEqual(revokedAt);
      expect(await report.lastRow({ activity: 'api_key.revoked' })).toMatchObject({
        outcome: 'failure',
        comment: name,
      });
    });

    it('may be anybody’s, for whoever may manage API keys', async () => {
      const deputy = await newUser('Dora', ['api_keys']);
      const { id } = await makeKey(service, manager);
      await deputy.delete(`${KEYS}/${id}`).expect(204);
      expect(await report.lastRow({ activity: 'api_key.revoked' })).toMatchObject({
        user: { name: 'Dora' },
        outcome: 'success',
      });
    });

    it('may have stopped working before', async () => {
      const { id } = await makeKey(service, manager, { expiresAt: new Date(Date.now() + 1000).toISOString() });
      service.setTime(new Date(Date.now() + 2000));
      await manager.delete(`${KEYS}/${id}`).expect(204);
      expect((await manager.get(`${KEYS}/${id}`).expect(200)).body.status).toBe('revoked');
    });
  });

  it('are not found in another account, nor where there are none', async () => {
    const other = await service.newManager(`other@${accounts}.example`);
    const { id } = await makeKey(service, other);
    for (const unknown of [id, '01J000000000000000000N0KEY']) {
      for (const attempt of [manager.get(`${KEYS}/${unknown}`), manager.delete(`${KEYS}/${unknown}`)]) {
        const { body } = await attempt.expect(404);
        expect(body).toMatchObject({ code: 'api_key_not_found', errors: [{ field: 'id' }] });
      }
    }
    expect((await manager.get(KEYS).expect(200)).body.data).toEqual([]);
    expect((await rowOf(id)).revokedAt).toBeNull();
    expect((await manager.get(`${KEYS}/nobody`).expect(400)).body.code).toBe('id_invalid');
  });
});
