import type { Product } from '../../../src/control-panel/catalog/product.entity';
import { CARD } from '../../support/payment-methods';
import type { Person } from '../../support/person';
import { chargesOf, offer, rowOf, subscribe, type SubscriptionFields } from '../../support/subscriptions';
import { useService } from '../../support/use-service';

const NOW = '2026-03-11T00:00:00Z';
const PAST = new Date('2026-03-10T00:00:00Z');

const STATES: Record<string, SubscriptionFields> = {
  active: {},
  stopped: { renewal: 'stopped' },
  'active, past its end': { endsAt: PAST },
  canceled: { status: 'canceled' },
  'canceled, past its end': { status: 'canceled', endsAt: PAST },
  expired: { status: 'expired', renewal: 'stopped', expiryReason: 'not_renewed', endsAt: PAST },
};

/** Each action: its request, and for each state what it leads to, a state or a code of an error. */
const ACTIONS: [method: 'post' | 'put', path: string, activity: string, body: object, to: string[]][] = [
  [
    'post',
    'upgrade',
    'subscription.upgraded',
    { productCode: 'PRO' },
    ['active', 'stopped', 'active', 'subscription_canceled', 'subscription_canceled', 'subscription_expired'],
  ],
  [
    'post',
    'cancel',
    'subscription.canceled',
    { reason: 'too_expensive' },
    ['canceled', 'canceled', 'canceled', 'subscription_canceled', 'subscription_canceled', 'subscription_expired'],
  ],
  [
    'post',
    'enable',
    'subscription.enabled',
    {},
    [
      'subscription_active',
      'subscription_active',
      'subscription_active',
      'active',
      'subscription_ended',
      'subscription_expired',
    ],
  ],
  [
    'post',
    'extend',
    'subscription.extended',
    { days: 30 },
    ['active', 'stopped', 'active', 'subscription_canceled', 'subscription_canceled', 'subscription_expired'],
  ],
  [
    'post',
    'renewal/stop',
    'subscription.recurring_billing_stopped',
    { reason: 'shopper_request' },
    ['stopped', 'renewal_stopped', 'stopped', 'subscription_canceled', 'subscription_canceled', 'subscription_expired'],
  ],
  [
    'post',
    'renewal/enable',
    'subscription.automatic_billing_enabled',
    {},
    [
      'renewal_automatic',
      'active',
      'renewal_automatic',
      'subscription_canceled',
      'subscription_canceled',
      'subscription_expired',
    ],
  ],
  [
    'put',
    'renewal/price',
    'subscription.price_changed',
    { price: '9.90', currency: 'USD', billingCycles: 2 },
    ['active', 'stopped', 'active', 'subscription_canceled', 'subscription_canceled', 'subscription_expired'],
  ],
  [
    'put',
    'payment-method',
    'credit_card.changed',
    { ...CARD, token: 'tok_other', lastFour: '1111' },
    ['active', 'stopped', 'active', 'canceled', 'canceled', 'subscription_expired'],
  ],
];

const CELLS = ACTIONS.flatMap(([method, path, activity, body, to]) =>
  Object.keys(STATES).map((from, index) => ({ from, method, path, activity, body, to: to[index]! })),
);

describe('a subscription', () => {
  const service = useService();
  let manager: Person;
  let basic: Product;

  beforeAll(async () => {
    service.setTime(NOW);
    manager = await service.newManager('manager@one.example');
    basic = await offer(service, manager, { code: 'BASIC' });
    await offer(service, manager, { code: 'PRO', price: 6000 }, basic);
  });

  it.each(CELLS)('that is $from: $path leads to $to', async ({ from, method, path, activity, body, to }) => {
    const [subscription] = await subscribe(service, basic, [STATES[from]!]);
    const { reference, orderReference } = subscription!;
    const before = await rowOf(service, subscription!);
    const answer = await manager[method](`/v1/subscriptions/${reference}/${path}`, { ...body, comment: 'Because' });
    const after = await rowOf(service, subscription!);
    const [record] = await manager.report({ activity, limit: 1 });

    const about = { subscriptionReference: reference, orderReference, comment: 'Because' };
    if (to.includes('_')) {
      expect(answer).toMatchObject({ status: 409, body: { code: to } });
      expect(answer.body.detail).toContain(before.status);
      expect(after).toEqual(before);
      const { orderReference: known, ...rest } = about;
      expect(record).toMatchObject({ ...rest, outcome: 'failure' });
      // An upgrade has no complete record before its price is known, and so no order.
      expect(record!.orderReference).toBe(activity === 'subscription.upgraded' ? null : known);
      expect(await chargesOf(service, subscription!)).toEqual([]);
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual((await manager.get(`/v1/subscriptions/${reference}`).expect(200)).body);
    expect(after.status === 'active' && after.renewal === 'stopped' ? 'stopped' : after.status).toBe(to);
    expect(after).not.toEqual(before);
    expect(record).toMatchObject({ ...about, outcome: 'success' });
  });

  it('tries every cell', () => {
    expect(CELLS).toHaveLength(48);
    expect(CELLS.every(({ to }) => typeof to === 'string')).toBe(true);
  });

  it.each([
    ['cancel', 'post', 'cancel', { reason: 'other' }, 409, 'subscription_canceled'],
    ['upgrade', 'post', 'upgrade', { productCode: 'PRO' }, 422, 'upgrade_not_allowed'],
    ['stop', 'post', 'renewal/stop', { reason: 'other' }, 409, 'renewal_stopped'],
  ] as const)(
    'lets one of several at once %s it, and refuses the others',
    async (_, method, path, body, status, code) => {
      for (let round = 0; round < 5; round++) {
        const [subscription] = await subscribe(service, basic);
        const act = () => manager[method](`/v1/subscriptions/${subscription!.reference}/${path}`, body);
        const answers = await Promise.all([act(), act(), act()]);
        expect(answers.map((answer) => answer.status).sort()).toEqual([200, status, status]);
        expect(answers.filter((answer) => answer.status === status).map((answer) => answer.body.code)).toEqual([
          code,
          code,
        ]);
        expect(await chargesOf(service, subscription!)).toHaveLength(path === 'upgrade' ? 1 : 0);
      }
    },
  );
});
