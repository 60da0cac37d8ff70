import { RenewalsJob } from '../../../src/control-panel/subscriptions/renewals.job';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { buildOrder, buildProduct } from '../../support/shop';
import { useService } from '../../support/use-service';

const START = '2026-03-01T00:00:00Z';

describe('an upgrade', () => {
  const service = useService();
  let manager: Person;
  let representative: Representative;
  let report: Report;
  let sequence = 0;

  beforeAll(async () => {
    service.setTime(START);
    manager = await service.newManager('manager@one.example');
    representative = new Representative(manager);
    report = new Report(manager);
  });
  beforeEach(() => {
    service.setTime(START);
  });

  /** Adds products, of which each is an upgrade of the one before, and returns their codes. */
  const offerInTurn = async (...products: readonly `${number} for ${number} months`[]): Promise<string[]> => {
    const codes: string[] = [];
    for (const product of products) {
      const [price, , months] = product.split(' ');
      const [code, upgradeOf] = [`CHAIN-${++sequence}`, codes.slice(-1)];
      const request = buildProduct({ code, price, billingCycleMonths: Number(months), upgradeOf });
      await manager.post('/v1/products', request).expect(201);
      codes.push(code);
    }
    return codes;
  };
  const subscribe = async (productCode: string, quantity = 1): Promise<{ reference: string }> => {
    const order = await representative.placesOrder({ ...buildOrder('ONCE'), products: [{ productCode, quantity }] });
    return { reference: order.lines[0].subscriptionReference };
  };
  /** Upgrades a subscription to one product after the other, and returns the amounts in the report. */
  const upgradeInTurn = async (subscription: { reference: string }, codes: readonly string[]) => {
    const amounts: unknown[] = [];
    for (const code of codes) {
      await representative.upgrades(subscription, { code });
      const about = { subscriptionReference: subscription.reference, activity: 'subscription.upgraded' };
      const row = await report.lastRow(about);
      amounts.push(row.amount);
    }
    return amounts;
  };

  it.each([
    ['9.90 for 1 months', '79 for 12 months', '249 for 12 months', ['0', '14.17']],
    ['9.90 for 1 months', '240 for 12 months', '249 for 12 months', ['10.10', '0.75']],
    ['79 for 12 months', '9.90 for 1 months', '20 for 1 months', ['39.80', '121.20']],
    ['120 for 12 months', '60 for 3 months', '360 for 12 months', ['120', '120']],
  ] as const)('that follows another one charges for the rest of the running cycle: %s, %s, %s', async (...told) => {
    const [start, next, last, amounts] = told;
    const [first, ...better] = await offerInTurn(start, next, last);
    expect(await upgradeInTurn(await subscribe(first!), better)).toEqual(amounts);
  });

  it('after a renewal charges for the new cycle', async () => {
    const [first, yearly, better] = await offerInTurn('10 for 1 months', '240 for 12 months', '360 for 12 months');
    const subscription = await subscribe(first!);
    expect(await upgradeInTurn(subscription, [yearly!])).toEqual(['10']);
    const { endsAt } = await representative.seesSubscription(subscription);
    service.setTime(endsAt);
    await service.app.get(RenewalsJob).runDue();
    manager.become(await service.login('manager@one.example'));
    expect(await upgradeInTurn(subscription, [better!])).toEqual(['120']);
  });

  it.each([
    ['the price of all units', 1000, '1 for 1 months', '100000000 for 1 months'],
    ['the charge for the rest of a long cycle', 1, '1 for 12 months', '5000000000 for 1 months'],
  ] as const)('is refused if it exceeds the largest amount: %s', async (_, quantity, current, better) => {
    const [first, next] = await offerInTurn(current, better);
    const subscription = await subscribe(first!, quantity);
    const before = await representative.seesSubscription(subscription);
    const problem = await representative.upgrades(subscription, { code: next! }, 422);
    expect(problem).toMatchObject({ code: 'total_too_large', errors: [{ field: '/productCode' }] });
    expect(await representative.seesSubscription(subscription)).toEqual(before);
    const { reference: subscriptionReference } = subscription;
    const rows = await report.rows({ subscriptionReference, activity: 'subscription.upgraded' });
    expect(rows).toMatchObject([{ outcome: 'failure', failureCode: 'total_too_large' }]);
  });

  it('needs the exact code of the product, without spaces at its end', async () => {
    const [first, next] = await offerInTurn('1 for 1 months', '2 for 1 months');
    const problem = await representative.upgrades(await subscribe(first!), { code: `${next} ` }, 404);
    expect(problem.code).toBe('product_not_found');
  });
});
