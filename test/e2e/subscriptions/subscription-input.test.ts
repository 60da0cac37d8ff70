import type { Product } from '../../../src/control-panel/catalog/product.entity';
import type { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { buildCard, CARD } from '../../support/payment-methods';
import type { Person, Query } from '../../support/person';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { chargesOf, offer, rowOf, subscribe, type SubscriptionFields } from '../../support/subscriptions';
import { useService } from '../../support/use-service';

const NOW = '2026-03-16T00:00:00Z';
const DAY = 24 * 60 * 60_000;
const daysFromNow = (days: number) => new Date(Date.parse(NOW) + days * DAY);
const TEN_DAYS_OF_THIRTY = { cycleStartedAt: daysFromNow(-10), endsAt: daysFromNow(20) };
const HALF = { cycleStartedAt: daysFromNow(-15), endsAt: daysFromNow(15) };

describe('a request about subscriptions', () => {
  const service = useService();
  let manager: Person;
  let representative: Representative;
  let basic: Product;

  beforeAll(async () => {
    service.setTime(NOW);
    manager = await service.newManager('manager@one.example');
    representative = new Representative(manager);
    basic = await offer(service, manager);
  });

  const newSubscription = async (product = basic, told: SubscriptionFields = {}): Promise<Subscription> =>
    (await subscribe(service, product, [told]))[0]!;

  const price = (own: object) => ({ price: '9.90', currency: 'USD', billingCycles: 1, ...own });

  it.each([
    ['post', 'extend', { days: -1 }, 'out_of_range'],
    ['post', 'extend', { days: 0 }, 'out_of_range'],
    ['post', 'extend', { days: 3651 }, 'out_of_range'],
    ['post', 'extend', { days: 1.5 }, 'not_a_whole_number'],
    ['post', 'extend', { days: '30' }, 'not_a_whole_number'],
    ['post', 'extend', { days: 1e15 }, 'out_of_range'],
    ['post', 'extend', {}, 'required'],
    ['post', 'cancel', {}, 'required'],
    ['post', 'cancel', { reason: 'boredom' }, 'value_unknown'],
    ['post', 'cancel', { reason: 'other', comment: 'x'.repeat(2001) }, 'length_out_of_range'],
    ['post', 'cancel', { reason: 'other', comment: 5 }, 'not_a_text'],
    ['post', 'cancel', { reason: 'other', status: 'active' }, 'field_unknown'],
    ['post', 'renewal/stop', { reason: 'fraud' }, 'value_unknown'],
    ['post', 'upgrade', {}, 'required'],
    ['put', 'renewal/price', price({ price: '19.999' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: '-1' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: '1000000000000000' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: '9999999999999' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: 9.9 }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: '1e3' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ price: '10.50', currency: 'JPY' }), 'amount_invalid'],
    ['put', 'renewal/price', price({ currency: 'XYZ' }), 'currency_unknown'],
    ['put', 'renewal/price', price({ billingCycles: 0 }), 'out_of_range'],
    ['put', 'renewal/price', price({ billingCycles: -3 }), 'out_of_range'],
    ['put', 'renewal/price', price({ billingCycles: 121 }), 'out_of_range'],
    ['put', 'payment-method', { ...CARD, lastFour: '42' }, 'format_invalid'],
    ['put', 'payment-method', { ...CARD, expires: '2031-13' }, 'format_invalid'],
    ['put', 'payment-method', { ...CARD, brand: 'piggy bank' }, 'value_unknown'],
  ] as const)('is refused with 400 when it is absurd: %s %s %j', async (method, action, body, code) => {
    const subscription = await newSubscription();
    const before = await rowOf(service, subscription);
    const answer = await manager[method](`/v1/subscriptions/${subscription.reference}/${action}`, body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(await rowOf(service, subscription)).toEqual(before);
    const [record] = await manager.report({ outcome: 'failure', limit: 1 });
    expect(record!.subscriptionReference).toBe(subscription.reference);
  });

  it.each([
    ['renewal/price', price({ currency: 'EUR' }), 'currency_mismatch', '/currency'],
    ['payment-method', { ...CARD, expires: '2026-02' }, 'card_expired', '/expires'],
  ])('is refused with 422 when it does not fit: %s', async (action, body, code, field) => {
    const subscription = await newSubscription();
    const answer = await manager.put(`/v1/subscriptions/${subscription.reference}/${action}`, body).expect(422);
    expect(answer.body).toMatchObject({ code, errors: [{ field, code }] });
    const [record] = await manager.report({ outcome: 'failure', limit: 1 });
    const { reference: subscriptionReference, orderReference } = subscription;
    expect(record).toMatchObject({ subscriptionReference, orderReference });
  });

  it('extends nobody beyond a hundred years', async () => {
    const subscription = await newSubscription(basic, { endsAt: daysFromNow(36_524) });
    await representative.extends(subscription, 1);
    expect((await representative.extends(subscription, 1, 422)).code).toBe('end_too_late');
  });

  it('takes a card that is good until the end of this month', async () => {
    const subscription = await newSubscription();
    const { card } = await representative.changesCard(subscription, buildCard({ expires: '2026-03' }));
    expect(card).toEqual({ brand: 'visa', lastFour: '4242', expires: '2026-03' });
  });

  it.each([
    ['half of the cycle', 1000, 1, 2000, 1, HALF, '5', 500],
    ['all of it at its first moment', 1000, 1, 2000, 1, { cycleStartedAt: daysFromNow(0) }, '10', 1000],
    ['nothing past its end', 1000, 1, 2000, 1, { endsAt: daysFromNow(-1) }, '0', undefined],
    ['nothing for a cheaper product', 2000, 1, 1000, 1, HALF, '0', undefined],
    ['two thirds, rounded', 1000, 1, 2000, 1, TEN_DAYS_OF_THIRTY, '6.67', 667],
    ['half a cent as a cent', 1000, 1, 1001, 1, HALF, '0.01', 1],
    ['less than half a cent as nothing', 1000, 1, 1001, 1, { ...HALF, endsAt: daysFromNow(14) }, '0', undefined],
    ['by the month from a monthly to a yearly product', 1000, 1, 24_000, 12, HALF, '5', 500],
    ['nothing for a year that costs less by the month', 1000, 1, 6000, 12, HALF, '0', undefined],
    ['the largest amounts to the cent', 0, 1, 1e12 - 1, 1, TEN_DAYS_OF_THIRTY, '6666666666.66', 666_666_666_666],
  ])('for an upgrade costs %s', async (_, from, fromMonths, to, toMonths, told, shown, charged) => {
    const product = await offer(service, manager, { price: from, billingCycleMonths: fromMonths });
    const better = await offer(service, manager, { price: to, billingCycleMonths: toMonths }, product);
    const subscription = await newSubscription(product, { ...told, renewalPrice: 1, renewalCycles: 3 });
    expect(await representative.upgrades(subscription, better)).toMatchObject({
      productCode: better.code,
      billingCycleMonths: toMonths,
      renewalPrice: null,
      renewalCycles: null,
    });
    expect((await rowOf(service, subscription)).price).toBe(to);
    expect(await new Report(manager).lastRow({ activity: 'subscription.upgraded' })).toMatchObject({
      amount: shown,
      currency: 'USD',
      outcome: 'success',
    });
    expect(await chargesOf(service, subscription)).toEqual(charged === undefined ? [] : [charged]);
  });

  it('lists subscriptions newest first, page by page, by reference, shopper and status', async () => {
    const other = await service.newManager('manager@lists.example');
    const product = await offer(service, other, { code: 'LISTED', name: 'Listed' });
    const told = Array.from({ length: 7 }, (_, number) => ({
      shopperEmail: number % 2 ? 'odd@shopper.example' : 'even@shopper.example',
      status: number < 2 ? ('canceled' as const) : ('active' as const),
    }));
    const newestFirst = (await subscribe(service, product, told)).map(({ reference }) => reference).reverse();
    const references = async (query = {}): Promise<string[]> => {
      const { body } = await other.get('/v1/subscriptions', query).expect(200);
      return body.data.map(({ reference }: { reference: string }) => reference);
    };
    expect(await references()).toEqual(newestFirst);
    expect(await references({ shopperEmail: 'ODD@shopper.example' })).toEqual(newestFirst.filter((_, n) => n % 2));
    expect(await references({ status: 'canceled' })).toEqual(newestFirst.slice(5));
    expect(await references({ reference: newestFirst[3]! })).toEqual([newestFirst[3]]);
    expect(await references({ reference: newestFirst[3]!, status: 'expired' })).toEqual([]);

    const first = await other.get('/v1/subscriptions', { limit: 5, shopperEmail: 'even@shopper.example' }).expect(200);
    expect(first.body).toMatchObject({ data: { length: 4 }, nextCursor: null });
    const page = await other.get('/v1/subscriptions', { limit: 4 }).expect(200);
    await subscribe(service, product, [{}]);
    const { nextCursor: cursor } = page.body;
    expect(page.headers.link).toContain('rel="next"');
    expect(await references({ limit: 4, cursor })).toEqual(newestFirst.slice(4));
    const misused = await other.get('/v1/subscriptions', { cursor, status: 'active' }).expect(400);
    expect(misused.body.code).toBe('cursor_of_another_filter');
    expect(page.body.data[0]).toMatchObject({
      productCode: 'LISTED',
      productName: 'Listed',
      price: '30',
      shopper: { name: 'Sara Shopper', email: 'even@shopper.example' },
      endsAt: '2026-03-31T03:00:00.000+03:00',
    });
    expect(await manager.get('/v1/subscriptions', { reference: newestFirst[0]! })).toMatchObject({
      body: { data: [] },
    });
    await subscribe(service, await offer(service, other, { code: 'ALSO', name: 'Also listed' }), [{}]);
    const mixed = await other.get('/v1/subscriptions', { limit: 2 }).expect(200);
    expect(mixed.body.data).toEqual([
      expect.objectContaining({ productCode: 'ALSO', productName: 'Also listed' }),
      expect.objectContaining({ productCode: 'LISTED', productName: 'Listed' }),
    ]);
    const bad: Query[] = [{ status: 'gone' }, { reference: 'x' }, { shopperEmail: 'nobody' }, { limit: 0 }];
    for (const query of bad) {
      await other.get('/v1/subscriptions', query).expect(400);
    }
    await other.get('/v1/subscriptions/not-a-reference').expect(400);
    await other.get('/v1/subscriptions/ABCD9999ZZ').expect(404);
  });
});
