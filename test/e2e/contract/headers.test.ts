import request from 'supertest';
import { securityHeaders } from '../../../src/http/server/security-headers';
import { OPERATIONS, type Operation } from '../../support/contract';
import { declaredHeaders } from '../../support/declared-problems';
import type { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';
import { VALID_REQUESTS } from '../../support/valid-requests';

const nameOf = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`;
const sending = (header: string, status: number) =>
  OPERATIONS.filter((operation) => declaredHeaders(operation, status).includes(header)).map(nameOf);

/** Paths of things that have an address of their own, with the operation that creates them. */
const CREATING = OPERATIONS.filter(
  ({ method, path, responses }) =>
    method === 'post' &&
    responses[201] &&
    OPERATIONS.some(
      (other) => other.method === 'get' && other.path.replace(/\/\{\w+\}$/, '') === path && other.path !== path,
    ),
).map(nameOf);
const LISTS = OPERATIONS.filter(({ method, parameters = [] }) => {
  const names = parameters.map(({ name }) => name);
  return method === 'get' && names.includes('limit') && (names.includes('cursor') || names.includes('after'));
}).map(nameOf);

describe('the headers of responses', () => {
  const service = useService();
  let account: TestAccount;
  let manager: Person;

  beforeAll(async () => {
    account = await TestAccount.open(service, 'alphaville');
    ({ manager } = account);
  });

  it('are declared where they belong', () => {
    expect(sending('location', 201)).toEqual(CREATING);
    expect(sending('link', 200)).toEqual(LISTS);
    expect(CREATING.length).toBeGreaterThan(4);
    expect(LISTS.length).toBeGreaterThan(8);
    for (const operation of OPERATIONS) {
      for (const status of Object.keys(operation.responses).map(Number)) {
        expect(declaredHeaders(operation, status)).toContain('x-request-id');
        if (status === 503 || status === 429) expect(declaredHeaders(operation, status)).toContain('retry-after');
      }
    }
  });

  it.each<[string, number, string]>([
    ['/health/live', 200, 'no-store'],
    ['/v1/auth/me', 401, 'no-store'],
    ['/nothing', 404, 'no-store'],
    ['/%zz', 400, 'no-store'],
    ['/openapi.json', 200, 'no-cache'],
  ])('%s: the security headers, and whether to cache', async (path, status, caching) => {
    const { headers } = await request(service.url).get(path).expect(status);
    expect(headers).toMatchObject({ ...securityHeaders(), 'cache-control': caching });
  });

  it.each(CREATING)('%s: Location leads to what was created', async (name) => {
    const { path, body } = await build(name);
    const created = await manager.post(path, body).expect(201);
    const location = created.headers.location!;
    expect(location).toMatch(new RegExp(`^${path}/[^/]+$`));
    const { body: found } = await manager.get(location).expect(200);
    const id = ['id', 'reference', 'code'].find((field) => field in created.body)!;
    expect(found[id]).toBe(created.body[id]);
  });

  it('Location comes with a repeated response too', async () => {
    const { path, body } = await build('POST /v1/orders');
    const place = () => manager.post(path, body).set('idempotency-key', 'the same order').expect(201);
    const [first, second] = [await place(), await place()];
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(second.headers.location).toBe(first.headers.location);
  });

  it('a creation without an address of its own has no Location', async () => {
    for (const name of ['POST /v1/products', 'POST /v1/page-views']) {
      const { path, body } = await build(name);
      expect((await manager.post(path, body).expect(201)).headers).not.toHaveProperty('location');
    }
  });

  it.each(LISTS)('%s: Link leads to the next page, until there is none; the feed always has one', async (name) => {
    const { path, query } = await listOfTwo(name);
    const first = await manager.get(path, { ...query, limit: 1 }).expect(200);
    const [, next] = /^<(.+)>; rel="next"$/.exec(first.headers.link ?? '') ?? [];
    const second = await manager.get(next!).expect(200);
    expect(second.body.data).toHaveLength(1);
    expect(second.body.data).not.toEqual(first.body.data);
    const limit = name.startsWith('GET /v1/email-templates') ? 100 : 1000;
    const all = await manager.get(path, { ...query, limit }).expect(200);
    // The feed goes on: its last page has a cursor too.
    const isFeed = name === 'GET /v1/activities';
    expect([all.body.nextCursor === null, all.headers.link === undefined]).toEqual([!isFeed, !isFeed]);
  });

  const build = (name: string) => VALID_REQUESTS[name]!(account, { person: manager, password: PASSWORD });

  /** Returns the request of a list that has at least two items. */
  async function listOfTwo(name: string) {
    const { path, query: { reference: _one, ...query } = {} } = await build(name);
    if (name === 'GET /v1/email-templates/{id}/versions') {
      const change = { subject: 'Your invoice {{invoiceNumber}}', version: 1 };
      await manager.patch(path.replace('/versions', ''), change).expect(200);
    }
    if (name === 'GET /v1/orders/{reference}/refunds') {
      const refund = { amount: '1', reason: 'customer_request', comment: 'One more' };
      await manager.post(path.replace(/s$/, ''), refund).expect(201);
    }
    if (name === 'GET /v1/auth/sessions') await service.login('manager@alphaville.example');
    for (let count = 0; count < 2; count++) {
      if (name === 'GET /v1/api-keys') await account.newKey(['orders']);
      if (name === 'GET /v1/email-templates') await account.newTemplate();
      if (name === 'GET /v1/orders') await account.newOrder();
      if (name === 'GET /v1/subscriptions') await account.newSubscription();
    }
    return { path, query };
  }
});
