import type { paths } from '../../../openapi/client';
import { typedClient, type TypedClient } from '../../support/client';
import { OPERATIONS } from '../../support/contract';
import { useInvitingService } from '../../support/invitations';
import { untilSequenced } from '../../support/ledger';
import { PASSWORD } from '../../support/service';
import { CARD } from '../../support/payment-methods';

const EMAIL = 'manager@one.example';

/** What a call answers if all is well; otherwise the test ends with the problem that it answered. */
async function done<Answer>(call: Promise<{ data?: Answer; error?: unknown; response: Response }>): Promise<Answer> {
  const { data, error, response } = await call;
  if (!response.ok) throw new Error(`${response.status} of ${response.url}: ${JSON.stringify(error)}`);
  return data as Answer; // openapi-fetch leaves it undefined on errors alone, and where there is nothing to answer
}

describe('a client generated from the contract', () => {
  const called = new Set<string>();
  const inviting = useInvitingService();
  let url: string;
  let anyone: TypedClient;
  let api: TypedClient;

  beforeAll(async () => {
    await inviting.service.newManager(EMAIL);
    ({ url } = inviting.service);
    anyone = typedClient(url, called);
  });

  it('logs in, and looks at the account', async () => {
    const { token } = await done(anyone.POST('/v1/auth/login', { body: { email: EMAIL, password: PASSWORD } }));
    api = typedClient(url, called, token);
    const me = await done(api.GET('/v1/auth/me'));
    const { version } = await done(api.GET('/v1/account'));
    const account = await done(api.PATCH('/v1/account', { body: { name: 'Typed Merchant', version } }));
    expect([me.email, account.name]).toEqual([EMAIL, 'Typed Merchant']);
  });

  it('is told what the operators see', async () => {
    const { status } = await done(anyone.GET('/health/live'));
    await done(anyone.GET('/health/ready'));
    const metrics = await done(anyone.GET('/metrics', { parseAs: 'text' }));
    expect(status).toBe('ok');
    expect(metrics).toContain('http_request');
  });

  it('gives access', async () => {
    const catalogue = await done(api.GET('/v1/privileges'));
    const { id } = await done(api.POST('/v1/roles', { body: { name: 'Auditors', privileges: ['users_activity'] } }));
    const path = { params: { path: { id } } };
    const role = await done(api.GET('/v1/roles/{id}', path));
    const updated = await done(
      api.PATCH('/v1/roles/{id}', { ...path, body: { name: 'Auditors only', version: role.version } }),
    );
    const roles = await done(api.GET('/v1/roles'));
    await done(api.DELETE('/v1/roles/{id}', path));
    expect(catalogue.data.flatMap(({ privileges }) => privileges.map(({ code }) => code))).toContain('users_activity');
    expect(roles.data.map(({ name }) => name)).toContain(updated.name);
  });

  it('invites a user, who chooses a password', async () => {
    const body = { email: 'new@one.example', name: 'Nora New', roleIds: [] };
    const { id } = await done(api.POST('/v1/users', { body }));
    const path = { params: { path: { id } } };
    await inviting.nextToken();
    await done(api.POST('/v1/users/{id}/invitation', path));
    const token = await inviting.nextToken();
    await done(anyone.POST('/v1/auth/invitation', { body: { token, password: PASSWORD } }));
    await done(anyone.POST('/v1/auth/login', { body: { email: body.email, password: PASSWORD } }));
    const { version } = await done(api.GET('/v1/users/{id}', path));
    const { status } = await done(api.PATCH('/v1/users/{id}', { ...path, body: { status: 'disabled', version } }));
    const { data } = await done(api.GET('/v1/users', { params: { query: { limit: 10 } } }));
    expect(data.find((user) => user.id === id)?.status).toBe(status);
  });

  it('looks after its own access', async () => {
    for (let logins = 0; logins < 2; logins++) await inviting.service.login(EMAIL);
    const { data } = await done(api.GET('/v1/auth/sessions'));
    const other = data.find(({ isCurrent }) => !isCurrent)!;
    await done(api.DELETE('/v1/auth/sessions/{id}', { params: { path: { id: other.id } } }));
    await done(api.DELETE('/v1/auth/sessions'));
    const body = { currentPassword: PASSWORD, newPassword: `${PASSWORD}, a new one` };
    await done(api.POST('/v1/auth/password', { body }));
    const left = await done(api.GET('/v1/auth/sessions'));
    expect([data.length > 2, left.data.length]).toEqual([true, 1]);
  });

  it('writes what shoppers read', async () => {
    const { data: kinds } = await done(api.GET('/v1/email-templates/kinds'));
    const content = { subject: 'Invoice {{invoiceNumber}}', html: '<p>{{shopperName}}</p>', text: '{{shopperName}}' };
    const body = { ...content, kind: 'invoice' as const, language: 'en', name: 'Invoice' };
    const { id, version } = await done(api.POST('/v1/email-templates', { body }));
    const path = { params: { path: { id } } };
    await done(api.PATCH('/v1/email-templates/{id}', { ...path, body: { subject: 'Your invoice', version } }));
    const preview = await done(api.POST('/v1/email-templates/{id}/preview', { ...path, body: {} }));
    const test = { recipient: 'editor@one.example' };
    await done(api.POST('/v1/email-templates/{id}/test', { ...path, body: test }));
    await done(api.POST('/v1/email-templates/{id}/activate', { ...path, body: {} }));
    const versions = await done(api.GET('/v1/email-templates/{id}/versions', path));
    const { activeVersion } = await done(api.GET('/v1/email-templates/{id}', path));
    await done(api.DELETE('/v1/email-templates/{id}', path));
    await done(api.POST('/v1/email-templates/{id}/restore', path));
    const list = await done(api.GET('/v1/email-templates', { params: { query: { kind: 'invoice' } } }));
    expect(kinds.map(({ kind }) => kind)).toContain('invoice');
    expect(preview).toMatchObject({ subject: 'Your invoice' });
    expect([versions.data.length, activeVersion, list.data.map(({ status }) => status)]).toEqual([2, 2, ['draft']]);
  });

  it('lets a program send what happened elsewhere', async () => {
    const type = { code: 'custom.crm.note_added', label: 'Add note', group: 'CRM' };
    const { code } = await done(api.POST('/v1/activity-types', { body: type }));
    const renamed = { label: 'Add a note', version: 1 };
    await done(api.PATCH('/v1/activity-types/{code}', { params: { path: { code } }, body: renamed }));
    const { label } = await done(api.GET('/v1/activity-types/{code}', { params: { path: { code } } }));
    expect(label).toBe('Add a note');
    const key = await done(
      api.POST('/v1/api-keys', { body: { name: 'crm-sync', privileges: ['activities_write', 'users_activity'] } }),
    );
    const program = typedClient(url, called, key.token);
    const user = { name: 'Carla Callcenter', email: 'carla@callcenter.example' };
    const record = {
      key: 'crm-1',
      occurredAt: new Date().toISOString(),
      activity: code,
      user,
    };
    const sent = await done(program.POST('/v1/activities', { body: { records: [record] } }));
    const again = await done(program.POST('/v1/activities', { body: { records: [record] } }));
    expect([sent.recorded, again.duplicates]).toEqual([1, 1]);
    await done(program.POST('/v1/page-views', { body: { page: '/crm/notes' } }));
    await done(program.POST('/v1/page-views', { body: { views: [{ page: '/crm' }, { page: '/crm/notes' }] } }));
    const query = { userId: [key.id] };
    const views = await done(program.GET('/v1/reports/users-activity', { params: { query } }));
    expect(views.data.map((row) => [row.user.name, row.page])).toEqual([
      ['API key: crm-sync', '/crm/notes'],
      ['API key: crm-sync', '/crm'],
      ['API key: crm-sync', '/crm/notes'],
    ]);
    const path = { params: { path: { id: key.id } } };
    const keys = await done(api.GET('/v1/api-keys'));
    await done(api.DELETE('/v1/api-keys/{id}', path));
    const { status } = await done(api.GET('/v1/api-keys/{id}', path));
    const { error } = await program.GET('/v1/auth/me');
    expect([keys.data.map(({ name }) => name), status, error?.code]).toEqual([
      ['crm-sync'],
      'revoked',
      'api_key_revoked',
    ]);
  });

  describe('at work for a shopper', () => {
    let order: string;
    let subscription: string;

    it('sells', async () => {
      const product = { currency: 'USD', billingCycleMonths: 12 };
      await done(api.POST('/v1/products', { body: { ...product, code: 'BASIC', name: 'Basic', price: '50' } }));
      const pro = { ...product, code: 'PRO', name: 'Pro', price: '90', upgradeOf: ['BASIC'] };
      await done(api.POST('/v1/products', { body: pro }));
      const products = await done(api.GET('/v1/products'));
      const placed = await done(
        api.POST('/v1/orders', {
          params: { header: { 'Idempotency-Key': 'typed-1' } },
          body: {
            shopper: { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' },
            products: [{ productCode: 'BASIC', quantity: 1 }],
            currency: 'USD',
            paymentMethod: CARD,
          },
        }),
      );
      order = placed.reference;
      const shown = await done(api.GET('/v1/orders/{reference}', { params: { path: { reference: order } } }));
      subscription = shown.lines[0]!.subscriptionReference!;
      const orders = await done(api.GET('/v1/orders'));
      expect(products.data.map(({ code }) => code)).toEqual(['BASIC', 'PRO']);
      expect(orders.data.map(({ reference, total }) => [reference, total])).toEqual([[order, '50']]);
    });

    it('bills', async () => {
      const path = { params: { path: { reference: order } } };
      const invoice = await done(api.GET('/v1/orders/{reference}/invoice', path));
      const pdf = await done(api.GET('/v1/orders/{reference}/invoice.pdf', { ...path, parseAs: 'arrayBuffer' }));
      const sent = await done(api.POST('/v1/orders/{reference}/invoice/send', { ...path, body: {} }));
      expect([invoice.total, sent.recipient]).toEqual(['50', 'sara@shopper.example']);
      expect(Buffer.from(pdf).toString('latin1')).toMatch(/^%PDF/);
    });

    it('changes the subscription in every way', async () => {
      const path = { params: { path: { reference: subscription } } };
      const { data } = await done(api.GET('/v1/subscriptions'));
      expect(data.map(({ reference }) => reference)).toEqual([subscription]);
      await done(api.PUT('/v1/subscriptions/{reference}/payment-method', { ...path, body: CARD }));
      await done(
        api.PUT('/v1/subscriptions/{reference}/renewal/price', {
          ...path,
          body: { price: '40', currency: 'USD', billingCycles: 2 },
        }),
      );
      await done(
        api.POST('/v1/subscriptions/{reference}/renewal/stop', { ...path, body: { reason: 'too_expensive' } }),
      );
      await done(api.POST('/v1/subscriptions/{reference}/renewal/enable', { ...path, body: {} }));
      await done(api.POST('/v1/subscriptions/{reference}/extend', { ...path, body: { days: 30 } }));
      await done(api.POST('/v1/subscriptions/{reference}/upgrade', { ...path, body: { productCode: 'PRO' } }));
      await done(api.POST('/v1/subscriptions/{reference}/cancel', { ...path, body: { reason: 'not_used' } }));
      await done(api.POST('/v1/subscriptions/{reference}/enable', { ...path, body: {} }));
      const { status, productCode } = await done(api.GET('/v1/subscriptions/{reference}', path));
      expect([status, productCode]).toEqual(['active', 'PRO']);
    });

    it('gives money back', async () => {
      const path = { params: { path: { reference: order } } };
      const refund = { amount: '10', reason: 'shopper_request' as const };
      const once = { params: { ...path.params, header: { 'Idempotency-Key': 'typed-2' } }, body: refund };
      const { id } = await done(api.POST('/v1/orders/{reference}/refund', once));
      expect(await done(api.POST('/v1/orders/{reference}/refund', once))).toMatchObject({ id });
      await done(api.POST('/v1/orders/{reference}/refund/cancel', { ...path, body: {} }));
      const refunds = await done(api.GET('/v1/orders/{reference}/refunds', path));
      expect(refunds.data.map((row) => [row.id, row.status])).toEqual([[id, 'canceled']]);
    });
  });

  it('reports all of it, page by page and in the other formats', async () => {
    // Otherwise the pages and the files could differ in `recordedAt`, which is null until then.
    await untilSequenced(inviting.service);
    const center = await done(api.GET('/v1/reports'));
    const { data: types } = await done(api.GET('/v1/activity-types'));
    type ReportQuery = paths['/v1/reports/users-activity']['get']['parameters']['query'];
    const query: ReportQuery = { activity: ['refund.requested', 'refund.canceled'], from: '2000-01-01', limit: 1 };
    const first = await done(api.GET('/v1/reports/users-activity', { params: { query } }));
    const next = { ...query, cursor: first.nextCursor! };
    const second = await done(api.GET('/v1/reports/users-activity', { params: { query: next } }));
    const rows = [...first.data, ...second.data];
    expect(rows.map(({ activity, amount }) => [activity.code, amount])).toEqual([
      ['refund.canceled', '10'],
      ['refund.requested', '10'],
    ]);
    expect([center.data.length, types.length > 30, second.nextCursor]).toEqual([1, true, null]);
    const csv = await done(
      api.GET('/v1/reports/users-activity.csv', {
        params: { query: { activity: ['refund.requested'], columns: ['activityCode', 'amount'] } },
        parseAs: 'text',
      }),
    );
    expect(csv).toBe('Activity code,Price/Amount\r\nrefund.requested,10\r\n');
    const filter = { params: { query: { activity: ['refund.requested', 'refund.canceled'] } } };
    const lines = await done(api.GET('/v1/reports/users-activity.ndjson', { ...filter, parseAs: 'text' }));
    expect(lines).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const workbook = await done(api.GET('/v1/reports/users-activity.xlsx', { ...filter, parseAs: 'arrayBuffer' }));
    expect(Buffer.from(workbook).subarray(0, 2).toString()).toBe('PK');
  });

  it('summarizes it, by what it can choose from', async () => {
    const { users, outcomes } = await done(api.GET('/v1/reports/users-activity/filters'));
    const query = {
      groupBy: ['user' as const],
      interval: 'last_7_days' as const,
      activity: ['refund.requested' as const],
    };
    const { data, totals } = await done(api.GET('/v1/reports/users-activity/summary', { params: { query } }));
    expect(data.map(({ key, count }) => [key.user?.id, count])).toEqual([[expect.any(String), 1]]);
    expect(users.map(({ id }) => id)).toContain(data[0]!.key.user!.id);
    expect([totals.amounts, outcomes.length]).toEqual([[{ currency: 'USD', amount: '10' }], 3]);
  });

  it('follows it, and reads one record', async () => {
    const query = { start: 'beginning' as const, activity: ['refund.requested' as const] };
    const { data } = await done(api.GET('/v1/activities', { params: { query } }));
    const record = await done(api.GET('/v1/activities/{id}', { params: { path: { id: data[0]!.id } } }));
    expect([data.length, record.activity.code]).toEqual([1, 'refund.requested']);
    const options = { params: { query }, parseAs: 'stream' as const };
    const stream = await done(api.GET('/v1/activities/stream', options));
    await stream?.cancel();
    expect(stream).toBeInstanceOf(ReadableStream);
  });

  it('logs out', async () => {
    await done(api.POST('/v1/auth/logout'));
    const { error, response } = await api.GET('/v1/auth/me');
    expect([response.status, error?.code]).toEqual([401, 'token_invalid']);
  });

  it('has called every operation of the contract', () => {
    const all = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect([...called].sort()).toEqual(all.sort());
  });
});
