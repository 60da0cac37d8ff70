import { isIP } from 'node:net';
import { makeKey } from '../../support/api-keys';
import type { Person } from '../../support/person';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KEYS = '/v1/api-keys';

describe('an API key with networks', () => {
  const service = useService({ TRUST_PROXY: '1' });
  const manager = useManager(service);
  const networks = ['203.0.113.0/24', '2001:db8::/32'];

  const viewOf = async (id: string) => (await manager.get(`${KEYS}/${id}`).expect(200)).body;
  const rowsOf = ({ user }: Person) => manager.report({ userId: user.id });
  const from = (program: Person, address: string) =>
    program.get('/v1/reports/users-activity').set('x-forwarded-for', address);

  it.each([
    ['203.0.113.0', '203.0.113.0'],
    ['203.0.113.255', '203.0.113.255'],
    ['2001:db8:ffff::1', '2001:db8:ffff::1'],
    ['2001:0DB8:0:0::A', '2001:db8::a'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
  ])('is let in from %s, which is recorded as %s and found by each spelling', async (address, canonical) => {
    const { program } = await makeKey(service, manager, { networks });
    await from(program, address).expect(200);
    expect((await rowsOf(program)).map(({ ipAddress }) => ipAddress)).toEqual([canonical]);
    for (const ipAddress of [address, canonical]) {
      expect(await manager.report({ userId: program.user.id, ipAddress })).toHaveLength(1);
    }
  });

  it.each(['203.0.114.0', '198.51.100.1', '2001:db9::1', '::ffff:198.51.100.1', '::1', 'unknown', '203.0.113.7x'])(
    'is refused from %s, which is recorded, and does nothing',
    async (address) => {
      const { id, program, token } = await makeKey(service, manager, { networks });
      const { body, headers } = await from(program, address).expect(403);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({
        status: 403,
        code: 'network_not_allowed',
        detail: expect.stringContaining('address') as string,
        errors: [{ field: 'Authorization', code: 'network_not_allowed' }],
      });
      expect(JSON.stringify(body)).not.toContain(token);
      await program.post('/v1/page-views', { page: '/x' }).set('x-forwarded-for', address).expect(403);
      await program.get('/v1/auth/me').set('x-forwarded-for', address).expect(403);
      expect(await rowsOf(program)).toMatchObject(
        ['page.accessed', 'page.accessed', 'report.built'].map((activity) => ({
          activity: { code: activity },
          outcome: 'denied',
          failureCode: 'network_not_allowed',
          ipAddress: isIP(address) ? expect.any(String) : null,
        })),
      );
      expect((await viewOf(id)).lastUsedAt).toBeNull();
    },
  );

  it('believes no more proxies than there are', async () => {
    const { program } = await makeKey(service, manager, { networks });
    await from(program, '203.0.113.7, 198.51.100.1').expect(403);
    await from(program, '198.51.100.1, 203.0.113.7').expect(200);
  });

  it('says first that it does not work any more', async () => {
    const { id, program } = await makeKey(service, manager, { networks });
    await manager.delete(`${KEYS}/${id}`).expect(204);
    expect((await from(program, '198.51.100.1').expect(401)).body.code).toBe('api_key_revoked');
  });

  it('is let in from anywhere without any', async () => {
    const { program } = await makeKey(service, manager);
    await from(program, '198.51.100.1').expect(200);
  });
});
