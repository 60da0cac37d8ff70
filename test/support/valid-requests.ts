import { randomUUID } from 'node:crypto';
import { buildTemplate } from './email-templates';
import { CARD } from './payment-methods';
import type { Person, Query } from './person';
import { PASSWORD } from './service';
import { SHOPPER } from './shop';
import type { TestAccount } from './test-account';

/** A request that its operation accepts from an allowed user. */
export interface ValidRequest {
  readonly path: string;
  readonly query?: Query;
  readonly body?: object;
}

/** The sender of the request, for operations about the sender's own access. */
export interface Sender {
  readonly person: Person;
  readonly password: string;
}

type Build = (account: TestAccount, sender: Sender) => ValidRequest | Promise<ValidRequest>;

const get =
  (path: string, query: Query = {}): Build =>
  () => ({ path, query });

/** Returns a request that exports what the manager did. */
const exportOwn =
  (format: string, query: Query = {}): Build =>
  ({ manager }) => ({ path: `/v1/reports/users-activity.${format}`, query: { userId: manager.user.id, ...query } });

/** Returns a request about a new object, by the id or reference that `make` returns. */
const on =
  (make: (account: TestAccount, sender: Sender) => Promise<string>, action = '', body?: object): Build =>
  async (account, sender) => ({
    path: await make(account, sender).then((path) => path + action),
    ...(body && { body }),
  });

const role = async (account: TestAccount) => `/v1/roles/${(await account.newRole()).id}`;
const user = async (account: TestAccount) => `/v1/users/${(await account.newUser()).id}`;
const key = async (account: TestAccount) => `/v1/api-keys/${(await account.newKey(['orders'])).id}`;
const activityType = async (account: TestAccount) => `/v1/activity-types/${await account.ownActivityType()}`;
const template = async (account: TestAccount) => `/v1/email-templates/${(await account.newTemplate()).id}`;
const deletedTemplate = async (account: TestAccount) =>
  `/v1/email-templates/${(await account.newDeletedTemplate()).id}`;
const order = async (account: TestAccount) => `/v1/orders/${(await account.newOrder()).reference}`;
const refundedOrder = async (account: TestAccount) => `/v1/orders/${(await account.newRefundedOrder()).reference}`;
const subscription = async (account: TestAccount) => `/v1/subscriptions/${(await account.newSubscription()).reference}`;
const canceledSubscription = async (account: TestAccount) =>
  `/v1/subscriptions/${(await account.newSubscription({ status: 'canceled' })).reference}`;
const stoppedSubscription = async (account: TestAccount) =>
  `/v1/subscriptions/${(await account.newSubscription({ renewal: 'stopped' })).reference}`;
const ownSession = async (account: TestAccount, { person }: Sender) =>
  `/v1/auth/sessions/${await account.newSessionId(person)}`;

let texts = 0;
/** Returns a new text that is not one of the account's texts, so that it can appear in any response. */
const newText = (what: string) => `${what} ${++texts} as sent`;

const COMMENT = { comment: 'Customer request' };

/** Functions that create a successful request, for each operation. */
export const VALID_REQUESTS: Readonly<Record<string, Build>> = {
  'GET /health/live': get('/health/live'),
  'GET /health/ready': get('/health/ready'),
  'GET /metrics': get('/metrics'),

  'GET /v1/account': get('/v1/account'),
  'PATCH /v1/account': async ({ manager }) => {
    const { version } = (await manager.get('/v1/account').expect(200)).body;
    return { path: '/v1/account', body: { name: newText('Merchant'), version } };
  },

  'GET /v1/activities': get('/v1/activities', { limit: 10 }),
  'GET /v1/activities/stream': get('/v1/activities/stream', { outcome: 'denied', timeoutSeconds: 0 }),
  'POST /v1/activities': ({ manager }) => {
    const record = { key: randomUUID(), occurredAt: new Date().toISOString(), activity: 'user.login' };
    return { path: '/v1/activities', body: { records: [{ ...record, user: { id: manager.user.id } }] } };
  },

  'GET /v1/activities/{id}': async ({ manager }) => {
    const [newest] = await manager.report({ limit: 1 });
    return { path: newest!.url };
  },

  'GET /v1/activity-types': get('/v1/activity-types'),
  'POST /v1/activity-types': () => ({
    path: '/v1/activity-types',
    body: { code: `custom.sent.type_${++texts}`, label: newText('Activity'), group: 'Another system' },
  }),
  'GET /v1/activity-types/{code}': on(activityType),
  'PATCH /v1/activity-types/{code}': async (account) => {
    const path = await activityType(account);
    const { version } = (await account.manager.get(path).expect(200)).body;
    return { path, body: { group: newText('Group'), version } };
  },

  'GET /v1/api-keys': get('/v1/api-keys'),
  'POST /v1/api-keys': () => ({
    path: '/v1/api-keys',
    body: { name: newText('Key'), privileges: ['api_keys'], networks: ['203.0.113.0/24'] },
  }),
  'GET /v1/api-keys/{id}': on(key),
  'DELETE /v1/api-keys/{id}': on(key),

  'POST /v1/auth/login': ({ visitor }) => ({
    path: '/v1/auth/login',
    body: { email: visitor, password: PASSWORD },
  }),
  'POST /v1/auth/logout': () => ({ path: '/v1/auth/logout' }),
  'GET /v1/auth/me': get('/v1/auth/me'),
  'POST /v1/auth/invitation': async (account) => ({
    path: '/v1/auth/invitation',
    body: { token: await account.newInvitation(), password: PASSWORD },
  }),
  'POST /v1/auth/password': (_, { password }) => ({
    path: '/v1/auth/password',
    body: { currentPassword: password, newPassword: PASSWORD === password ? `${PASSWORD}, another` : PASSWORD },
  }),
  'GET /v1/auth/sessions': get('/v1/auth/sessions'),
  'DELETE /v1/auth/sessions': () => ({ path: '/v1/auth/sessions' }),
  'DELETE /v1/auth/sessions/{id}': on(ownSession),

  'GET /v1/email-templates': get('/v1/email-templates', { kind: 'invoice', limit: 100 }),
  'GET /v1/email-templates/kinds': get('/v1/email-templates/kinds'),
  'POST /v1/email-templates': () => ({
    path: '/v1/email-templates',
    body: buildTemplate({ name: newText('Template') }),
  }),
  'GET /v1/email-templates/{id}': on(template),
  'PATCH /v1/email-templates/{id}': on(template, '', { subject: 'Your invoice {{invoiceNumber}}', version: 1 }),
  'DELETE /v1/email-templates/{id}': on(template),
  'GET /v1/email-templates/{id}/versions': on(template, '/versions'),
  'POST /v1/email-templates/{id}/preview': on(template, '/preview', { version: 1 }),
  'POST /v1/email-templates/{id}/test': on(template, '/test', { recipient: 'editor@test.example' }),
  'POST /v1/email-templates/{id}/activate': on(template, '/activate', { version: 1 }),
  'POST /v1/email-templates/{id}/restore': on(deletedTemplate, '/restore'),

  'GET /v1/orders': async (account) => {
    const { reference } = await account.newOrder();
    return { path: '/v1/orders', query: { reference } };
  },
  'POST /v1/orders': ({ productCode }) => ({
    path: '/v1/orders',
    body: {
      shopper: SHOPPER,
      products: [{ productCode, quantity: 2 }],
      currency: 'USD',
      paymentMethod: CARD,
      comment: 'Ordered by phone',
    },
  }),
  'GET /v1/orders/{reference}': on(order),
  'GET /v1/orders/{reference}/invoice': on(order, '/invoice'),
  'GET /v1/orders/{reference}/invoice.pdf': on(order, '/invoice.pdf'),
  'POST /v1/orders/{reference}/invoice/send': on(order, '/invoice/send', { recipient: 'sara@shopper.example' }),
  'GET /v1/orders/{reference}/refunds': on(refundedOrder, '/refunds'),
  'POST /v1/orders/{reference}/refund': on(order, '/refund', { amount: '10', reason: 'shopper_request', ...COMMENT }),
  'POST /v1/orders/{reference}/refund/cancel': on(refundedOrder, '/refund/cancel', COMMENT),

  'POST /v1/page-views': () => ({ path: '/v1/page-views', body: { page: '/orders/2000001', title: 'Order 2000001' } }),
  'GET /v1/privileges': get('/v1/privileges'),

  'GET /v1/products': get('/v1/products', { limit: 1000 }),
  'POST /v1/products': (account) => ({
    path: '/v1/products',
    body: {
      code: `P-${randomUUID()}`,
      name: newText('Product'),
      price: '59.90',
      currency: 'USD',
      billingCycleMonths: 12,
      nonRefundableFee: '5',
      upgradeOf: [account.productCode],
    },
  }),

  'GET /v1/reports': get('/v1/reports'),
  'GET /v1/reports/users-activity': ({ manager }) => ({
    path: '/v1/reports/users-activity',
    query: { userId: manager.user.id, limit: 10 },
  }),
  'GET /v1/reports/users-activity.csv': exportOwn('csv', { columns: 'all' }),
  'GET /v1/reports/users-activity.ndjson': exportOwn('ndjson'),
  'GET /v1/reports/users-activity.xlsx': exportOwn('xlsx', { columns: 'date,comment' }),

  'GET /v1/reports/users-activity/filters': get('/v1/reports/users-activity/filters'),
  'GET /v1/reports/users-activity/summary': ({ manager }) => ({
    path: '/v1/reports/users-activity/summary',
    query: { groupBy: ['day', 'outcome'], userId: manager.user.id },
  }),

  'GET /v1/roles': get('/v1/roles', { limit: 1000 }),
  'POST /v1/roles': () => ({ path: '/v1/roles', body: { name: newText('Role'), privileges: [] } }),
  'GET /v1/roles/{id}': on(role),
  'PATCH /v1/roles/{id}': async (account) => ({
    path: await role(account),
    body: { name: newText('Role'), version: 1 },
  }),
  'DELETE /v1/roles/{id}': on(role),

  'GET /v1/subscriptions': async (account) => {
    const { reference } = await account.newSubscription();
    return { path: '/v1/subscriptions', query: { reference } };
  },
  'GET /v1/subscriptions/{reference}': on(subscription),
  'POST /v1/subscriptions/{reference}/cancel': on(subscription, '/cancel', { reason: 'not_used', ...COMMENT }),
  'POST /v1/subscriptions/{reference}/enable': on(canceledSubscription, '/enable', COMMENT),
  'POST /v1/subscriptions/{reference}/extend': on(subscription, '/extend', { days: 30, ...COMMENT }),
  'PUT /v1/subscriptions/{reference}/payment-method': on(subscription, '/payment-method', CARD),
  'POST /v1/subscriptions/{reference}/renewal/enable': on(stoppedSubscription, '/renewal/enable', COMMENT),
  'PUT /v1/subscriptions/{reference}/renewal/price': on(subscription, '/renewal/price', {
    price: '40',
    currency: 'USD',
    billingCycles: 2,
  }),
  'POST /v1/subscriptions/{reference}/renewal/stop': on(subscription, '/renewal/stop', { reason: 'too_expensive' }),
  'POST /v1/subscriptions/{reference}/upgrade': async (account) => ({
    path: `${await subscription(account)}/upgrade`,
    body: { productCode: account.upgradeCode },
  }),

  'GET /v1/users': get('/v1/users', { limit: 1000 }),
  'POST /v1/users': async (account) => ({
    path: '/v1/users',
    body: { email: `${randomUUID()}@sent.example`, name: newText('User'), roleIds: [(await account.newRole()).id] },
  }),
  'GET /v1/users/{id}': on(user),
  'PATCH /v1/users/{id}': on(user, '', { name: 'Renamed user', version: 1 }),
  'POST /v1/users/{id}/invitation': on(user, '/invitation'),
};
