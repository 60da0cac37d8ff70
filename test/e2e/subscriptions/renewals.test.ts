import type { Product } from '../../../src/control-panel/catalog/product.entity';
import { PaymentGateway } from '../../../src/control-panel/payments/payment-gateway';
import { RenewalsJob } from '../../../src/control-panel/subscriptions/renewals.job';
import type { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { buildCard, DECLINED_CARD } from '../../support/payment-methods';
import type { Person } from '../../support/person';
import { Representative } from '../../support/representative';
import { Service } from '../../support/service';
import { chargesOf, offer, rowOf, subscribe, type SubscriptionFields } from '../../support/subscriptions';
import { useService } from '../../support/use-service';

const END = '2026-03-31T00:00:00.000Z';

describe('the renewals', () => {
  const service = useService();
  let manager: Person;
  let representative: Representative;
  let product: Product;

  beforeAll(async () => {
    service.setTime('2026-03-01T00:00:00Z');
    manager = await service.newManager('manager@one.example');
    representative = new Representative(manager);
    product = await offer(service, manager);
  });
  afterEach(() => service.writeSource.query('DELETE FROM subscriptions'));

  const newSubscription = async (told: SubscriptionFields = {}): Promise<Subscription> =>
    (await subscribe(service, product, [told]))[0]!;
  const runAt = (moment: string | Date, limit?: number) => {
    service.setTime(moment);
    return service.app.get(RenewalsJob).runDue(limit);
  };

  it('renew what is due, at its very end and not a millisecond before, once', async () => {
    const subscription = await newSubscription();
    expect(await runAt('2026-03-30T23:59:59.999Z')).toEqual({ renewed: 0, expired: 0 });
    expect(await runAt(END)).toEqual({ renewed: 1, expired: 0 });
    expect(await runAt(END)).toEqual({ renewed: 0, expired: 0 });
    const { cycleStartedAt, endsAt, status } = await rowOf(service, subscription);
    expect([cycleStartedAt.toISOString(), endsAt.toISOString(), status]).toEqual([
      END,
      '2026-04-30T00:00:00.000Z',
      'active',
    ]);
    expect(await chargesOf(service, subscription)).toEqual([3000]);
  });

  it('cost the set price while its cycles last, then the own price again', async () => {
    service.setTime('2026-03-01T06:00:00Z');
    const subscription = await newSubscription();
    await representative.setsRenewalPrice(subscription, { price: '9.90', currency: 'USD', billingCycles: 2 });
    const left: unknown[] = [];
    for (const month of ['2026-03-31', '2026-04-30', '2026-05-31']) {
      expect(await runAt(month)).toEqual({ renewed: 1, expired: 0 });
      const { renewalPrice, renewalCycles } = await rowOf(service, subscription);
      left.push([renewalPrice, renewalCycles]);
    }
    expect(left).toEqual([[990, 1], [null, null], [null, null]]); // prettier-ignore
    expect(await chargesOf(service, subscription)).toEqual([990, 990, 3000]);
  });

  it('of a price of 0 move no money', async () => {
    const subscription = await newSubscription({ renewalPrice: 0, renewalCycles: 1, card: { ...DECLINED_CARD } });
    expect(await runAt(END)).toEqual({ renewed: 1, expired: 0 });
    expect(await chargesOf(service, subscription)).toEqual([]);
  });

  it.each([
    ['what was stopped', { renewal: 'stopped' }, 'not_renewed'],
    ['what its card refuses to pay', { card: { ...DECLINED_CARD } }, 'payment_declined'],
  ] as const)('let %s expire, and say why', async (_, told, expiryReason) => {
    const subscription = await newSubscription(told);
    expect(await runAt(END)).toEqual({ renewed: 0, expired: 1 });
    expect(await runAt(END)).toEqual({ renewed: 0, expired: 0 });
    service.setTime('2026-03-01T00:00:00Z');
    expect(await representative.seesSubscription(subscription)).toMatchObject({
      status: 'expired',
      expiryReason,
      endsAt: '2026-03-31T03:00:00.000+03:00',
    });
    expect(await chargesOf(service, subscription)).toEqual([]);
  });

  it.each([[{ status: 'canceled' }], [{ status: 'expired' }]] as const)('leave alone what is %j', async (told) => {
    const subscription = await newSubscription(told);
    const before = await rowOf(service, subscription);
    expect(await runAt(END)).toEqual({ renewed: 0, expired: 0 });
    expect(await rowOf(service, subscription)).toEqual(before);
  });

  it.each([
    ['2026-01-31', 1, ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']],
    ['2026-01-30', 1, ['2026-02-28', '2026-03-30', '2026-04-30', '2026-05-30']],
    ['2028-01-31', 1, ['2028-02-29', '2028-03-31']],
    ['2028-02-29', 12, ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29', '2033-02-28']],
    ['2026-08-31', 3, ['2026-11-30', '2027-02-28', '2027-05-31', '2027-08-31']],
    ['2026-12-31', 2, ['2027-02-28', '2027-04-30', '2027-06-30', '2027-08-31']],
    ['2026-02-28', 1, ['2026-03-28', '2026-04-28']],
    ['2026-11-15', 1, ['2026-12-15', '2027-01-15']],
    ['2026-02-01', 120, ['2036-02-01', '2046-02-01']],
  ])('of what began on %s, every %d months, end on the day that the month has', async (start, months, ends) => {
    const begun = { createdAt: new Date(`${start}T10:30:00Z`), cycleStartedAt: new Date(`${start}T10:30:00Z`) };
    const [first, ...rest] = ends.map((day) => `${day}T10:30:00.000Z`);
    const subscription = await newSubscription({ ...begun, endsAt: new Date(first!), billingCycleMonths: months });
    const seen: string[] = [];
    for (let end = first!; seen.length < rest.length; end = seen.at(-1)!) {
      await runAt(end);
      seen.push((await rowOf(service, subscription)).endsAt.toISOString());
    }
    expect(seen).toEqual(rest);
  });

  it('go on from the new end of what was extended', async () => {
    service.setTime('2026-03-01T06:00:00Z');
    const subscription = await newSubscription();
    await representative.extends(subscription, 5);
    expect(await runAt(END)).toEqual({ renewed: 0, expired: 0 });
    expect(await runAt('2026-04-05')).toEqual({ renewed: 1, expired: 0 });
    expect((await rowOf(service, subscription)).endsAt.toISOString()).toBe('2026-05-05T00:00:00.000Z');
  });

  it('charge the upgraded price for the upgraded cycle', async () => {
    service.setTime('2026-03-01T06:00:00Z');
    const yearly = await offer(service, manager, { price: 30_000, billingCycleMonths: 12 }, product);
    const subscription = await newSubscription({ quantity: 2 });
    await representative.upgrades(subscription, yearly);
    expect(await runAt(END)).toEqual({ renewed: 1, expired: 0 });
    expect((await rowOf(service, subscription)).endsAt.toISOString()).toBe('2027-03-31T00:00:00.000Z');
    expect(await chargesOf(service, subscription)).toEqual([60_000]);
  });

  it('charge each cycle that was missed', async () => {
    const subscription = await newSubscription({ renewalPrice: 100, renewalCycles: 1 });
    expect(await runAt('2026-06-15')).toEqual({ renewed: 3, expired: 0 });
    expect((await rowOf(service, subscription)).endsAt.toISOString()).toBe('2026-06-30T00:00:00.000Z');
    expect(await chargesOf(service, subscription)).toEqual([100, 3000, 3000]);
  });

  it('are no more than asked for, those due longest first', async () => {
    const ends = ['2026-03-20', '2026-03-10', '2026-03-30'].map((day) => ({ endsAt: new Date(day) }));
    const subscriptions = await subscribe(service, product, ends);
    expect(await runAt(END, 2)).toEqual({ renewed: 2, expired: 0 });
    const charges = await Promise.all(subscriptions.map((subscription) => chargesOf(service, subscription)));
    expect(charges.map(({ length }) => length)).toEqual([1, 1, 0]);
  });

  it('happen to all the others when one fails, which stays due', async () => {
    const told = Array.from({ length: 5 }, (_, number) => ({ card: buildCard({ token: `tok_${number}` }) }));
    const subscriptions = await subscribe(service, product, told);
    const gateway = service.app.get(PaymentGateway);
    const charge = gateway.charge.bind(gateway);
    const spy = jest.spyOn(gateway, 'charge').mockImplementation((payment) => {
      if (payment.cardToken === 'tok_2') return Promise.reject(new Error('The gateway fell over.'));
      return charge(payment);
    });
    expect(await runAt(END)).toEqual({ renewed: 4, expired: 0 });
    expect(await chargesOf(service, subscriptions[2]!)).toEqual([]);
    spy.mockRestore();
    expect(await runAt(END)).toEqual({ renewed: 1, expired: 0 });
    for (const subscription of subscriptions) expect(await chargesOf(service, subscription)).toEqual([3000]);
  });

  it('and cancellations at the same moment never mix', async () => {
    const subscriptions = await subscribe(
      service,
      product,
      Array.from({ length: 20 }, () => ({})),
    );
    const run = runAt(END);
    service.setTime('2026-03-01T00:00:00Z');
    const cancellations = subscriptions.map((subscription) => representative.cancels(subscription));
    const [{ renewed }] = await Promise.all([run, ...cancellations]);
    const rows = await Promise.all(subscriptions.map((subscription) => rowOf(service, subscription)));
    const charges = await Promise.all(subscriptions.map((subscription) => chargesOf(service, subscription)));
    expect(rows.every(({ status }) => status === 'canceled')).toBe(true);
    expect(charges).toEqual(rows.map(({ endsAt }) => (endsAt.toISOString() === END ? [] : [3000])));
    expect(charges.flat()).toHaveLength(renewed);
  });

  it('run by the clock unless the setting says not to, and never twice at once', async () => {
    const subscription = await newSubscription();
    service.setTime(END);
    await service.app.get(RenewalsJob).onMinute();
    expect(await chargesOf(service, subscription)).toEqual([]);

    const scheduled = await Service.start({ SCHEDULE_JOBS: 'true' });
    try {
      const job = scheduled.app.get(RenewalsJob);
      const runs = jest.spyOn(job, 'runDue');
      await Promise.all([job.onMinute(), job.onMinute()]);
      expect(runs).toHaveBeenCalledTimes(1);
      await job.onMinute();
      expect(runs).toHaveBeenCalledTimes(2);
    } finally {
      await scheduled.stop();
    }
  });
});
