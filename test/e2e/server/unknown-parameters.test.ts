import { Activity } from '../../../src/audit/recording/activity.entity';
import { withoutRequestId } from '../../support/cards';
import { OPERATIONS } from '../../support/contract';
import { queryString, type Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';
import { VALID_REQUESTS } from '../../support/valid-requests';

const NAMES = OPERATIONS.filter(({ path }) => path.startsWith('/v1/')).map(
  ({ method, path }) => `${method.toUpperCase()} ${path}`,
);
const CARD = '4111 1111 1111 1111';
const REFUSAL = {
  status: 400,
  code: 'field_unknown',
  detail: 'colour is not a field of this request.',
  errors: [{ field: 'colour', code: 'field_unknown', message: 'colour is not a field of this request.' }],
};

describe('an unknown query parameter', () => {
  const service = useService();
  let account: TestAccount;
  let manager: Person;
  let powerless: Person;

  beforeAll(async () => {
    account = await TestAccount.open(service, 'alphaville');
    ({ manager } = account);
    powerless = await service.newUser(manager, account.newEmail(), 'Nobody special');
  });

  const send = async (method: string, path: string, { token }: Person = service.nobody, body?: object) => {
    const response = await fetch(service.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  const countRecords = () => service.writeSource.manager.count(Activity);

  it.each(NAMES)('is refused and named by %s', async (name) => {
    const { path, query, body } = await VALID_REQUESTS[name]!(account, { person: manager, password: PASSWORD });
    const [method = ''] = name.split(' ');
    const { text } = await send(method, path + queryString({ ...query, colour: 'red' }), manager, body);
    expect(JSON.parse(text)).toMatchObject({ ...REFUSAL, instance: path });
  });

  it('keeps the action from running, and is recorded as an invalid body is', async () => {
    const { reference } = await account.newSubscription();
    const path = `/v1/subscriptions/${reference}`;
    const cancel = { reason: 'not_used', comment: 'Customer request' };
    await manager.post(`${path}/cancel`, { ...cancel, colour: 'red' }).expect(400);
    await manager.post(`${path}/cancel?colour=red`, cancel).expect(400);
    expect((await manager.get(path).expect(200)).body).toMatchObject({ status: 'active' });
    const rows = await manager.report({ subscriptionReference: reference, activity: 'subscription.canceled' });
    const attempt = { outcome: 'failure', failureCode: 'field_unknown', comment: cancel.comment };
    expect(rows).toMatchObject([attempt, attempt]);
  });

  it('is recorded for a page of the Control Panel, and not for a route that is not tracked', async () => {
    await manager.get('/v1/account?colour=red').expect(400);
    const [row] = await manager.report({ limit: 1, activity: 'page.accessed' });
    expect(row).toMatchObject({ page: '/v1/account', outcome: 'failure', failureCode: 'field_unknown' });
    const before = await countRecords();
    await manager.get('/v1/auth/me?colour=red').expect(400);
    expect(await countRecords()).toBe(before);
  });

  it('is refused after the access was checked', async () => {
    const code = ({ text }: { readonly text: string }) => (JSON.parse(text) as { code: string }).code;
    expect(code(await send('GET', '/v1/auth/me?colour=red'))).toBe('token_missing');
    expect(code(await send('GET', '/v1/account?colour=red', powerless))).toBe('privilege_missing');
    expect(code(await send('POST', '/v1/auth/login?colour=red', service.nobody, {}))).toBe('field_unknown');
  });

  it('is refused for HEAD as for GET, without a record, and does not matter for OPTIONS', async () => {
    const before = await countRecords();
    expect(await send('HEAD', '/v1/account?colour=red', manager)).toEqual({ status: 400, text: '' });
    expect(await send('OPTIONS', '/v1/account?colour=red')).toMatchObject({ status: 204 });
    expect(await send('HEAD', '/v1/account?', manager)).toMatchObject({ status: 200 });
    expect(await countRecords()).toBe(before);
  });

  it('is not named if its name or its value may be a secret', async () => {
    for (const [query, field] of [
      [{ [CARD]: 'x', colour: 'red' }, 'query'],
      [{ comment: CARD }, 'comment'],
    ] as const) {
      const { body, text } = await manager.get('/v1/auth/me', query).expect(422);
      expect(body).toMatchObject({ code: 'card_number_refused', errors: [{ field }] });
      expect(withoutRequestId(text)).not.toContain('1111');
    }
  });

  it('is one of several in an error that names all of them once', async () => {
    const { body } = await manager.get('/v1/auth/me?colour=red&colour=blue&%ff=1&constructor=x').expect(400);
    expect(body.code).toBe('field_unknown');
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['%ff', 'colour', 'constructor']);
  });

  it('does not make a path that does not exist invalid', async () => {
    for (const path of ['/v1/nothing?colour=red', '/v1/roles/?colour=red']) {
      expect((await manager.get(path).expect(404)).body.code).toBe('route_not_found');
    }
  });

  it.each(['/health/live', '/health/ready', '/metrics', '/docs', '/openapi.json', '/openapi.yaml'])(
    'is ignored by %s, which is not part of the API',
    async (path) => {
      expect(await send('GET', `${path}?colour=red`)).toMatchObject({ status: 200 });
    },
  );
});
