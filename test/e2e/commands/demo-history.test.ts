import { DemoData } from '../../../src/demo/demo-data';
import { DemoModule } from '../../../src/demo/demo.module';
import { SeededRandom } from '../../../src/lib/seeded-random';
import type { Person, Row } from '../../support/person';
import { useService } from '../../support/use-service';

const PASSWORD = 'a password of the demo';
/** References to open over HTTP; all of them are looked up by query. */
const SAMPLE = 40;

describe('what the report of the demo says', () => {
  const service = useService({}, { imports: [DemoModule], demoPassword: PASSWORD });
  const random = new SeededRandom(7);
  let manager: Person;

  beforeAll(async () => {
    await service.app.get(DemoData).prepare(PASSWORD);
    manager = await service.login('manager@demo.example', PASSWORD);
  }, 180_000);

  /** Picks a sample of the rows of an activity, over the whole history. */
  async function pickRows(activity: string): Promise<Row[]> {
    const rows = await manager.walk({ from: '2000-01-01', activity, outcome: 'success', limit: 1000 });
    expect(rows.length).toBeGreaterThan(SAMPLE);
    return Array.from({ length: SAMPLE }, () => random.pick(rows));
  }

  it.each([
    ['order', 'orders'],
    ['subscription', 'subscriptions'],
  ])('names no %s that does not exist', async (name, table) => {
    const column = `${name}_reference`;
    const missing = await service.writeSource.query<object[]>(
      `SELECT DISTINCT ${column} FROM activities a WHERE ${column} IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM ${table} t WHERE t.account_id = a.account_id AND t.reference = a.${column})`,
    );
    expect(missing).toEqual([]);
    const [{ cited }] = await service.writeSource.query<[{ cited: number | string }]>(
      `SELECT COUNT(DISTINCT ${column}) AS cited FROM activities`,
    );
    expect(Number(cited)).toBeGreaterThan(1000);
  });

  it('opens every order and subscription of its own documentation', async () => {
    await manager.get('/v1/orders/1234567').expect(200);
    await manager.get('/v1/subscriptions/ABCD123').expect(200);
    const { body } = await manager.get('/v1/orders/1234567/refunds').expect(200);
    expect(body.data).toMatchObject([{ status: 'canceled', amount: '50', currency: 'USD' }]);
  });

  it('is what the orders say: total, currency, time, subscription and invoice', async () => {
    for (const row of await pickRows('order.placed')) {
      const subscriptionReference = row.subscriptionReference as string | null;
      const { body: order } = await manager.get(`/v1/orders/${String(row.orderReference)}`).expect(200);
      expect(order).toMatchObject({ total: row.amount, currency: row.currency, placedAt: row.occurredAt });
      if (order.status === 'canceled') continue;
      const { body: invoice } = await manager.get(`/v1/orders/${String(row.orderReference)}/invoice`).expect(200);
      expect(invoice).toMatchObject({ number: order.invoiceNumber, total: row.amount, issuedAt: row.occurredAt });
      if (subscriptionReference === null) continue;
      const { body: subscription } = await manager.get(`/v1/subscriptions/${subscriptionReference}`).expect(200);
      expect(subscription).toMatchObject({ orderReference: row.orderReference, createdAt: row.occurredAt });
      expect(order.lines).toContainEqual(expect.objectContaining({ subscriptionReference }));
    }
  });

  it('is what the refunds say: amount, currency and time', async () => {
    for (const row of await pickRows('refund.requested')) {
      const { body } = await manager
        .get(`/v1/orders/${String(row.orderReference)}/refunds`, { limit: 100 })
        .expect(200);
      const refund = body.data.find(({ requestedAt }: { requestedAt: string }) => requestedAt === row.occurredAt);
      expect(refund).toMatchObject({ amount: row.amount, currency: row.currency });
    }
    for (const row of await pickRows('refund.canceled')) {
      const { body } = await manager
        .get(`/v1/orders/${String(row.orderReference)}/refunds`, { limit: 100 })
        .expect(200);
      const canceled = body.data.filter(({ status }: { status: string }) => status === 'canceled');
      expect(canceled.map(({ amount }: { amount: string }) => amount)).toContain(row.amount);
    }
  });

  it('leaves each subscription in the status that the last change of it has set', async () => {
    const activity = ['subscription.canceled', 'subscription.enabled'];
    const changes = await manager.walk({ from: '2000-01-01', activity, outcome: 'success', order: 'asc', limit: 1000 });
    const last = new Map(changes.map((row) => [String(row.subscriptionReference), row.activity.code]));
    for (const reference of Array.from({ length: SAMPLE }, () => random.pick([...last.keys()]))) {
      const { body } = await manager.get(`/v1/subscriptions/${reference}`).expect(200);
      const possible = last.get(reference) === 'subscription.canceled' ? ['canceled'] : ['active', 'expired'];
      expect(possible).toContain(body.status);
    }
  });

  it('counts on from the last order and invoice', async () => {
    const { body: page } = await manager.get('/v1/orders', { limit: 1 }).expect(200);
    const shopper = { name: 'Sara Shopper', email: 'sara@shopper.example', country: 'RO' };
    const paymentMethod = { token: 'tok_visa_4242', brand: 'visa', lastFour: '4242', expires: '2031-12' };
    const products = [{ productCode: 'VPN-1Y', quantity: 1 }];
    const request = { shopper, products, currency: 'EUR', paymentMethod };
    const { body: placed } = await manager.post('/v1/orders', request).expect(201);
    expect(Number(placed.reference)).toBe(Number(page.data[0].reference) + 1);
  });

  it('leaves nothing for the jobs to do but what has become due since', async () => {
    const due = (table: string, condition: string) =>
      service.writeSource.query<object[]>(`SELECT id FROM ${table} WHERE ${condition} LIMIT 1`, [anHourAgo]);
    const anHourAgo = new Date(Date.now() - 60 * 60_000).toISOString().slice(0, 23).replace('T', ' ');
    expect(await due('subscriptions', "status = 'active' AND ends_at < ?")).toEqual([]);
    expect(await due('refunds', "status = 'requested' AND process_at < ?")).toEqual([]);
  });
});
