import type { Product } from '../../../src/control-panel/catalog/product.entity';
import type { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { buildCard, CARD, DECLINED_CARD } from '../../support/payment-methods';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { offer, rowOf, subscribe, type SubscriptionFields } from '../../support/subscriptions';
import { useService } from '../../support/use-service';

const NOW = '2026-03-11T09:46:01Z';
const SHOWN = '2026-03-11 11:46:01';
/** Ten of thirty days are gone. */
const CYCLE = { cycleStartedAt: new Date('2026-03-01T09:46:01Z'), endsAt: new Date('2026-03-31T09:46:01Z') };

describe('what is recorded of a subscription', () => {
  const service = useService();
  let manager: Person;
  let report: Report;
  let representative: Representative;
  let basic: Product;

  beforeAll(async () => {
    service.setTime(NOW);
    manager = await service.newManager('manager@one.example');
    report = new Report(manager);
    representative = new Representative(manager);
    basic = await offer(service, manager, { code: 'BASIC' });
    await offer(service, manager, { code: 'PRO', price: 6000 }, basic);
    await offer(service, manager, { code: 'ONCE', billingCycleMonths: 0 }, basic);
    await offer(service, manager, { code: 'EURO', currency: 'EUR' }, basic);
    await offer(service, manager, { code: 'UNRELATED' });
  });

  const newSubscription = async (told: SubscriptionFields = {}): Promise<Subscription> =>
    (await subscribe(service, basic, [{ ...CYCLE, ...told }]))[0]!;
  const path = ({ reference }: Subscription, action = '') => `/v1/subscriptions/${reference}${action}`;
  const lastLine = (activity: string) => report.lastCsvRow({ activity, interval: 'today' });
  const lastDetails = async () => {
    const [row] = await service.writeSource.query<{ details: string }[]>(
      'SELECT details FROM activities WHERE subscription_reference IS NOT NULL ORDER BY id DESC LIMIT 1',
    );
    return JSON.parse(row!.details);
  };

  it.each([
    [
      'an upgrade',
      'post',
      '/upgrade',
      { productCode: 'PRO' },
      'subscription.upgraded',
      'Upgrade subscription',
      { quantity: 2 },
      ['40', 'USD', '1'],
    ],
    [
      'a cancellation',
      'post',
      '/cancel',
      { reason: 'fraud' },
      'subscription.canceled',
      'Cancel subscription',
      {},
      ['', '', ''],
    ],
    [
      'an enabling',
      'post',
      '/enable',
      {},
      'subscription.enabled',
      'Enable subscription',
      { status: 'canceled' },
      ['', '', ''],
    ],
    [
      'an extension',
      'post',
      '/extend',
      { days: 3650 },
      'subscription.extended',
      'Extend subscription lifetime',
      {},
      ['', '', ''],
    ],
    [
      'a stop',
      'post',
      '/renewal/stop',
      { reason: 'pays_otherwise' },
      'subscription.recurring_billing_stopped',
      'Stop recurring billing',
      {},
      ['', '', ''],
    ],
    [
      'automatic billing',
      'post',
      '/renewal/enable',
      {},
      'subscription.automatic_billing_enabled',
      'Enable automatic billing',
      { renewal: 'stopped' },
      ['', '', ''],
    ],
    [
      'a price',
      'put',
      '/renewal/price',
      { price: '19.90', currency: 'USD', billingCycles: 120 },
      'subscription.price_changed',
      'Change subscription price',
      {},
      ['19.90', 'USD', '120'],
    ],
    [
      'a card',
      'put',
      '/payment-method',
      { ...CARD, brand: 'mastercard' },
      'credit_card.changed',
      'Change credit card information',
      {},
      ['', '', ''],
    ],
  ] as const)('is %s, with all nine columns', async (_, method, action, body, activity, label, told, money) => {
    const subscription = await newSubscription(told);
    await manager[method](path(subscription, action), { ...body, comment: 'Customer request' }).expect(200);
    const { reference, orderReference } = subscription;
    expect(await lastLine(activity)).toEqual([
      SHOWN,
      'Maria Manager',
      label,
      reference,
      orderReference,
      ...money,
      'Customer request',
    ]);
    await manager[method](path(subscription, action), { ...body, surprise: 1, comment: 'Once more' }).expect(400);
    expect(await lastLine(activity)).toEqual([
      SHOWN,
      'Maria Manager',
      `${label} (failed)`,
      reference,
      '',
      '',
      '',
      '',
      'Once more',
    ]);
  });

  it('is what changed from what to what, and why', async () => {
    const subscription = await newSubscription();
    await representative.cancels(subscription, { reason: 'not_used' });
    expect(await lastDetails()).toEqual({
      reason: 'not_used',
      changes: { status: { from: 'active', to: 'canceled' } },
    });
    const other = { token: 'tok_very_secret', brand: 'amex', lastFour: '0005', expires: '2030-01' };
    await representative.changesCard(subscription, other);
    const { token: _token, ...shown } = other;
    expect((await lastDetails()).changes).toEqual({
      card: { from: { brand: 'visa', lastFour: '4242', expires: '2031-12' }, to: shown },
    });
    expect(JSON.stringify(await service.writeSource.query('SELECT * FROM activities'))).not.toContain(
      'tok_very_secret',
    );
    const body: unknown = await representative.seesSubscription(subscription);
    expect(JSON.stringify(body)).not.toContain('tok_');
  });

  it.each([
    ['PRO', 'tok_declined', 422, 'payment_declined', { amount: '20', currency: 'USD', billingCycles: 1 }],
    ['ONCE', CARD.token, 422, 'upgrade_not_allowed', { amount: null }],
    ['UNRELATED', CARD.token, 422, 'upgrade_not_allowed', { amount: null }],
    ['BASIC', CARD.token, 422, 'upgrade_not_allowed', { amount: null }],
    ['EURO', CARD.token, 422, 'currency_mismatch', { amount: null }],
    ['MISSING', CARD.token, 404, 'product_not_found', { amount: null }],
  ])('is a refused upgrade to %s (%s)', async (productCode, token, status, code, recorded) => {
    const subscription = await newSubscription({ card: buildCard({ token }) });
    const before = await rowOf(service, subscription);
    const body = await representative.upgrades(subscription, { code: productCode }, status);
    expect(body.code).toBe(code);
    expect(await rowOf(service, subscription)).toEqual(before);
    const record = await report.lastRow({ activity: 'subscription.upgraded' });
    const { reference: subscriptionReference } = subscription;
    expect(record).toMatchObject({ subscriptionReference, outcome: 'failure', ...recorded });
    expect(await lastDetails()).toMatchObject({ error: code });
  });

  it.each([
    ['post', '/upgrade', { productCode: 'PRO' }, 'subscription.upgraded'],
    ['post', '/cancel', { reason: 'other' }, 'subscription.canceled'],
    ['post', '/enable', {}, 'subscription.enabled'],
    ['post', '/extend', { days: 1 }, 'subscription.extended'],
    ['post', '/renewal/stop', { reason: 'other' }, 'subscription.recurring_billing_stopped'],
    ['post', '/renewal/enable', {}, 'subscription.automatic_billing_enabled'],
    ['put', '/renewal/price', { price: '1', currency: 'USD', billingCycles: 1 }, 'subscription.price_changed'],
    ['put', '/payment-method', DECLINED_CARD, 'credit_card.changed'],
  ] as const)(
    'is a denied %s %s, and a failed one on what belongs to others',
    async (method, action, body, activity) => {
      const subscription = await newSubscription();
      const before = await rowOf(service, subscription);
      const { reference: subscriptionReference } = subscription;
      const email = `${activity}@one.example`;
      const john = await service.newUser(manager, email, 'John Doe', ['orders', 'refunds', 'users_activity']);
      const refused = await john[method](path(subscription, action), { ...body, comment: 'May I?' }).expect(403);
      expect(refused.body.code).toBe('privilege_missing');
      const record = await report.lastRow({ activity });
      expect(record).toMatchObject({
        outcome: 'denied',
        subscriptionReference,
        comment: 'May I?',
        user: { name: 'John Doe' },
      });

      const other = await service.newManager(`${activity}@two.example`);
      const hidden = await other[method](path(subscription, action), body).expect(404);
      expect(hidden.body.code).toBe('subscription_not_found');
      const [attempt] = await other.report({ activity, limit: 1 });
      expect(attempt).toMatchObject({ outcome: 'failure', subscriptionReference });
      expect(await rowOf(service, subscription)).toEqual(before);
    },
  );

  it('is the pages that are looked at', async () => {
    const subscription = await newSubscription();
    await manager.get('/v1/subscriptions').expect(200);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({ comment: 'Subscriptions' });
    await representative.seesSubscription(subscription);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({ comment: 'Subscription' });
  });
});
