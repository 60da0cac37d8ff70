import { PaymentGateway } from '../../../src/control-panel/payments/payment-gateway';
import { IdempotencyKeys } from '../../../src/idempotency/idempotency-keys';
import { OldIdempotencyKeysJob } from '../../../src/idempotency/old-idempotency-keys.job';
import { onServer } from '../../support/database';
import { buildOrder, buildProduct, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DAY = 24 * 60 * 60_000;

describe('an Idempotency-Key', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    await stockShop(manager);
  });
  afterEach(() => jest.restoreAllMocks());

  const place = (key: string, request: object = buildOrder('ONCE')) =>
    manager.post('/v1/orders', request).set('idempotency-key', key);
  const placeAt = (moment: number, key: string, request?: object) => {
    service.setTime(new Date(moment));
    return place(key, request);
  };

  const orders = async (): Promise<number> =>
    (await manager.get('/v1/orders', { limit: 1000 }).expect(200)).body.data.length;

  it('is remembered for seven days; then it is the key of a new request, whether or not it was deleted', async () => {
    const start = Date.now() - 16 * DAY;
    const { body: first } = await placeAt(start, 'old').expect(201);
    const { body: again } = await placeAt(start + 7 * DAY, 'old').expect(201);
    expect(again).toEqual(first);

    const { body: second, headers } = await placeAt(start + 7 * DAY + 1, 'old').expect(201);
    expect([second.reference === first.reference, headers['idempotent-replayed']]).toEqual([false, undefined]);
    const { body: secondAgain } = await placeAt(start + 7 * DAY + 2, 'old').expect(201);
    expect(secondAgain).toEqual(second);

    service.setTime(new Date(start + 15 * DAY));
    expect(await service.app.get(OldIdempotencyKeysJob).prune()).toBe(1);
    const { body: third } = await place('old').expect(201);
    expect([first.reference, second.reference]).not.toContain(third.reference);
  });

  it.each([
    ['with', (request: object) => place('forgotten', request)],
    ['without', (request: object) => manager.post('/v1/orders', request)],
  ])('%s which a response would be forgotten: the request fails and changes nothing', async (_, send) => {
    const before = await orders();
    jest.spyOn(service.app.get(IdempotencyKeys), 'remember').mockResolvedValueOnce(undefined);
    await send(buildOrder('ONCE')).expect(500);
    expect(await orders()).toBe(before);
    await send(buildOrder('ONCE')).expect(201);
    expect(await orders()).toBe(before + 1);
  });

  it('may come with another body after seven days, and not before', async () => {
    const start = Date.now() - 8 * DAY;
    await placeAt(start, 'other body').expect(201);
    const { body } = await placeAt(start + 7 * DAY, 'other body', buildOrder('MONTHLY')).expect(422);
    expect(body.code).toBe('idempotency_key_reused');
    await placeAt(start + 7 * DAY + 1, 'other body', buildOrder('MONTHLY')).expect(201);
  });

  it('that is seven days old has its effect once more only, however often it is sent at the same time', async () => {
    await placeAt(Date.now() - 8 * DAY, 'at once').expect(201);
    jest.restoreAllMocks();
    const before = (await manager.report({ activity: 'order.placed', outcome: 'success' })).length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => place('at once')));
    for (const { status } of answers) expect([201, 409]).toContain(status);
    await place('at once').expect(201);
    expect(await manager.report({ activity: 'order.placed', outcome: 'success' })).toHaveLength(before + 1);
  });

  it('has its effect once when the first request takes longer than a minute and is sent again meanwhile', async () => {
    const atGateway = gate();
    const mayGoOn = gate();
    const repeated = gate();
    const gateway = service.app.get(PaymentGateway);
    const charge = gateway.charge.bind(gateway);
    jest.spyOn(gateway, 'charge').mockImplementationOnce(async (payment) => {
      atGateway.open();
      await mayGoOn.opened;
      return charge(payment);
    });
    const before = await orders();
    const first = place('slow').then(({ status }) => status);
    await atGateway.opened;

    service.setTime(new Date(Date.now() + 61_000));
    const keys = service.app.get(IdempotencyKeys);
    const claim = keys.claim.bind(keys);
    jest.spyOn(keys, 'claim').mockImplementationOnce(async (...request) => {
      const answer = await claim(...request);
      repeated.open();
      return answer;
    });
    const second = place('slow').then(({ status }) => status);
    // On the embedded database the repeated request waits until the first one has ended.
    if (onServer) await repeated.opened;
    mayGoOn.open();
    expect([await first, await second]).toEqual(onServer ? [409, 201] : [201, 201]);
    expect(await orders()).toBe(before + 1);
  });

  it('is refused for another path, also with the same body', async () => {
    const key = 'another path';
    await place(key).expect(201);
    for (const path of ['/v1/page-views', '/v1/orders/2000001/refund']) {
      const { body } = await manager.post(path, buildOrder('ONCE')).set('idempotency-key', key).expect(422);
      expect(body.code).toBe('idempotency_key_reused');
    }
    expect((await place(key).expect(201)).headers['idempotent-replayed']).toBe('true');
  });

  it('remembers the answer of the largest order', async () => {
    const codes = Array.from({ length: 100 }, (_, number) => `LARGE-${number}-`.padEnd(64, 'x'));
    for (const code of codes)
      await manager
        .post('/v1/products', buildProduct({ code, name: '漢'.repeat(200), billingCycleMonths: 0 }))
        .expect(201);
    const products = codes.map((productCode) => ({ productCode, quantity: 1 }));
    const request = { ...buildOrder('ONCE'), products };
    const { body: first } = await place('large', request).expect(201);
    expect(JSON.stringify(first).length).toBeGreaterThan(30_000);
    const { body: again, headers } = await place('large', request).expect(201);
    expect([again, headers['idempotent-replayed']]).toEqual([first, 'true']);
    expect(Object.keys(again)).toEqual(Object.keys(first));
  });
});

/** Something to wait for until it is opened. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}
