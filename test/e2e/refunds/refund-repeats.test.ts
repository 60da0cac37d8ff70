import { insertOrder } from '../../support/inserted-orders';
import { Person } from '../../support/person';
import { buildOrder } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

const TEN = { reason: 'shopper_request', amount: '10', comment: 'Customer request' };

describe('a refund request with an Idempotency-Key', () => {
  const [service, twin = service] = useServices();
  const manager = useManager(service);
  /** The manager at another process of the service, where the database is a server; the embedded one has one process alone. */
  let elsewhere: Person;

  beforeAll(() => (elsewhere = new Person(twin.url, manager.token, manager.user)));

  const newOrder = () => insertOrder(service, manager, { lines: [{ unitPrice: 10_000 }] });
  const request = (reference: string, key: string, body: object = TEN, person = manager) =>
    person.post(`/v1/orders/${reference}/refund`, body).set('idempotency-key', key);
  const refundsOf = async (reference: string) =>
    (await manager.get(`/v1/orders/${reference}/refunds`).expect(200)).body.data as Record<string, unknown>[];
  const records = async (reference: string) =>
    (await manager.report({ activity: 'refund.requested' })).filter((row) => row.orderReference === reference);

  it('returns the same answer when it is repeated, and makes and records no second refund', async () => {
    const reference = await newOrder();
    const { body: first, headers } = await request(reference, 'once').expect(201);
    const { body: again, headers: replayed } = await request(reference, 'once', TEN, elsewhere).expect(201);
    expect([headers['idempotent-replayed'], replayed['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(again).toEqual(first);
    await manager.post(`/v1/orders/${reference}/refund/cancel`).expect(200);
    expect((await request(reference, 'once').expect(201)).body).toEqual(first);
    expect(await refundsOf(reference)).toMatchObject([{ id: first.id, status: 'canceled', amount: '10' }]);
    expect(await records(reference)).toHaveLength(1);
  });

  it('makes one refund, however often it is sent at the same time', async () => {
    const reference = await newOrder();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, number) => request(reference, 'at once', TEN, [manager, elsewhere][number % 2])),
    );
    const { body: refund } = await request(reference, 'at once').expect(201);
    for (const { status, body } of answers) {
      if (status === 201) expect(body).toEqual(refund);
      else expect([status, body.code]).toEqual([409, 'idempotency_key_in_use']);
    }
    expect(await refundsOf(reference)).toEqual([refund]);
    expect((await records(reference)).filter(({ outcome }) => outcome === 'success')).toHaveLength(1);
  });

  it.each([
    ['another body', (reference: string, key: string) => request(reference, key, { ...TEN, amount: '11' })],
    ['another order', async (_: string, key: string) => request(await newOrder(), key)],
    [
      'another action',
      (_: string, key: string) =>
        manager.post('/v1/orders', { ...buildOrder('ONCE'), ...TEN }).set('idempotency-key', key),
    ],
  ])('is refused with %s, which is recorded', async (name, repeat) => {
    const reference = await newOrder();
    await request(reference, name).expect(201);
    const { status, body } = await repeat(reference, name);
    expect([status, body]).toMatchObject([
      422,
      { code: 'idempotency_key_reused', errors: [{ field: 'Idempotency-Key' }] },
    ]);
    const [record] = await manager.report({ limit: 1 });
    expect(record).toMatchObject({ outcome: 'failure', requestId: body.requestId, comment: TEN.comment });
    expect(await refundsOf(reference)).toHaveLength(1);
  });

  it('may be repeated after it was refused, because it did nothing', async () => {
    const reference = await newOrder();
    const all = { reason: 'other' };
    const { id: refundId } = (await request(reference, 'first', all).expect(201)).body;
    expect((await request(reference, 'second', all).expect(409)).body.code).toBe('order_fully_refunded');
    await manager.post(`/v1/orders/${reference}/refund/cancel`, { refundId }).expect(200);
    await request(reference, 'second', all).expect(201);
    expect(await refundsOf(reference)).toHaveLength(2);
  });

  it('is refused with a key that is too long', async () => {
    const { body } = await request(await newOrder(), 'x'.repeat(201)).expect(400);
    expect(body).toMatchObject({ code: 'idempotency_key_invalid', errors: [{ field: 'Idempotency-Key' }] });
  });

  it('is of the user who sent the key', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['refunds']);
    const reference = await newOrder();
    await request(reference, 'private').expect(201);
    const { headers } = await request(reference, 'private', TEN, john).expect(201);
    expect(headers['idempotent-replayed']).toBeUndefined();
    expect(await refundsOf(reference)).toHaveLength(2);
  });
});
