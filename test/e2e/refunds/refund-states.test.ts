import { RefundsJob } from '../../../src/control-panel/refunds/refunds.job';
import { csvLines } from '../../support/csv';
import { insertOrder, type ToldOrder } from '../../support/inserted-orders';
import type { Row } from '../../support/person';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const HALF_AN_HOUR = 30 * 60_000;

describe('the states of a refund', () => {
  const service = useService();
  const manager = useManager(service);

  afterEach(() => jest.restoreAllMocks());

  const newOrder = (told: Partial<ToldOrder> = {}) =>
    insertOrder(service, manager, { lines: [{ unitPrice: 1000, quantity: 5 }], ...told });
  const request = (reference: string, body: object = {}) =>
    manager.post(`/v1/orders/${reference}/refund`, { reason: 'other', ...body });
  const cancel = (reference: string, body?: object) => manager.post(`/v1/orders/${reference}/refund/cancel`, body);
  const lastRow = async (): Promise<Row> => (await manager.report({ limit: 1 }))[0]!;
  const refundsOf = async (reference: string) =>
    (await manager.get(`/v1/orders/${reference}/refunds`).expect(200)).body.data as Record<string, unknown>[];
  /** Runs the job as if so many milliseconds had passed. */
  const processAfter = async (milliseconds: number) => {
    service.setTime(new Date(Date.now() + milliseconds));
    try {
      return await service.app.get(RefundsJob).runDue();
    } finally {
      jest.restoreAllMocks();
    }
  };

  type Step = 'request' | 'cancel' | 'process';
  it.each<[string, Step[], 'request' | 'cancel', string | undefined, RegExp?]>([
    ['nothing requested, cancel', [], 'cancel', 'refund_not_requested'],
    ['requested, cancel', ['request'], 'cancel', undefined],
    ['requested in full, request', ['request'], 'request', 'order_fully_refunded'],
    ['canceled, cancel', ['request', 'cancel'], 'cancel', 'refund_canceled', /canceled/],
    ['canceled, request', ['request', 'cancel'], 'request', undefined],
    ['processed, cancel', ['request', 'process'], 'cancel', 'refund_processed', /processed/],
    ['processed, request', ['request', 'process'], 'request', 'order_fully_refunded'],
  ])('%s', async (_, steps, action, code, detail = /./) => {
    const reference = await newOrder();
    for (const step of steps) {
      if (step === 'request') await request(reference).expect(201);
      else if (step === 'cancel') await cancel(reference).expect(200);
      else await processAfter(HALF_AN_HOUR);
    }
    const { status, body } = await (action === 'request' ? request(reference) : cancel(reference, { comment: 'No' }));
    expect([status, body.code]).toEqual(
      code === undefined ? [action === 'request' ? 201 : 200, undefined] : [409, code],
    );
    if (code !== undefined) expect(body.detail).toMatch(detail);
    expect(await lastRow()).toMatchObject({
      activity: { code: action === 'request' ? 'refund.requested' : 'refund.canceled' },
      outcome: code === undefined ? 'success' : 'failure',
      orderReference: reference,
      comment: action === 'cancel' ? 'No' : null,
    });
  });

  it('say so when a refund is named that is canceled or processed', async () => {
    const reference = await newOrder();
    const { id: canceled } = (await request(reference, { amount: '1' }).expect(201)).body;
    await cancel(reference).expect(200);
    const { id: processed } = (await request(reference, { amount: '1' }).expect(201)).body;
    await processAfter(HALF_AN_HOUR);
    await request(reference, { amount: '1' }).expect(201);
    expect((await cancel(reference, { refundId: canceled }).expect(409)).body.code).toBe('refund_canceled');
    expect((await cancel(reference, { refundId: processed }).expect(409)).body.code).toBe('refund_processed');
    expect((await refundsOf(reference)).map(({ status }) => status)).toEqual(['requested', 'processed', 'canceled']);
  });

  it('change to processed when the half hour is over, and not a millisecond before', async () => {
    const reference = await newOrder();
    const start = Date.now() - HALF_AN_HOUR;
    service.setTime(new Date(start));
    await request(reference).expect(201);
    const job = service.app.get(RefundsJob);
    service.setTime(new Date(start + HALF_AN_HOUR - 1));
    await job.runDue();
    expect(await refundsOf(reference)).toMatchObject([{ status: 'requested' }]);
    service.setTime(new Date(start + HALF_AN_HOUR));
    await job.runDue();
    expect(await refundsOf(reference)).toMatchObject([{ status: 'processed' }]);
  });

  it('are canceled also when the half hour is over, as long as the refund is not processed; then it never is', async () => {
    const reference = await newOrder();
    service.setTime(new Date(Date.now() - 2 * HALF_AN_HOUR));
    await request(reference).expect(201);
    jest.restoreAllMocks();
    await cancel(reference).expect(200);
    await service.app.get(RefundsJob).runDue();
    expect(await refundsOf(reference)).toMatchObject([{ status: 'canceled' }]);
  });

  it('give a canceled amount and its pieces back to the rest', async () => {
    const reference = await newOrder();
    const lines = [{ position: 1, quantity: 4 }];
    await request(reference, { lines }).expect(201);
    await request(reference, { lines }).expect(422);
    await cancel(reference).expect(200);
    await request(reference, { lines }).expect(201);
    await request(reference, { amount: '10.01' }).expect(422);
    expect((await request(reference).expect(201)).body).toMatchObject({ requestedAmount: '10' });
  });

  it('need the refund named where several are requested', async () => {
    const reference = await newOrder();
    const ids: string[] = [];
    for (const amount of ['1', '2']) ids.push((await request(reference, { amount }).expect(201)).body.id);
    const { body } = await cancel(reference).expect(409);
    expect(body).toMatchObject({ code: 'refund_ambiguous', errors: [{ field: '/refundId' }] });
    for (const id of ids) expect(body.detail).toContain(id);
    expect(await lastRow()).toMatchObject({ outcome: 'failure', orderReference: reference });
    expect((await cancel(reference, { refundId: ids[1] }).expect(200)).body).toMatchObject({ amount: '2' });
    expect((await cancel(reference).expect(200)).body).toMatchObject({ id: ids[0], amount: '1' });
  });

  it.each([
    ['an order that is not finished', { status: 'pending' } as const, {}, 409, 'order_not_finished'],
    ['a line that the order has not', {}, { lines: [{ position: 2, quantity: 1 }] }, 422, 'order_line_unknown'],
    [
      'pieces that cost nothing',
      { lines: [{ unitPrice: 0 }, { unitPrice: 100 }] },
      { lines: [{ position: 1, quantity: 1 }] },
      422,
      'refund_of_nothing',
    ],
    ['an order that cost nothing', { lines: [{ unitPrice: 0 }] }, {}, 409, 'order_fully_refunded'],
  ])('refuse a refund of %s', async (_, told, body, status, code) => {
    const reference = await newOrder(told);
    const refused = await request(reference, body).expect(status);
    expect(refused.body.code).toBe(code);
    if (code === 'order_not_finished') expect(refused.body.detail).toContain('pending');
    expect(await lastRow()).toMatchObject({ outcome: 'failure', orderReference: reference });
  });

  it('refuse what is not there: an order, a refund, or one of another order', async () => {
    const [reference, other] = [await newOrder(), await newOrder()];
    const { id } = (await request(other).expect(201)).body;
    for (const refundId of [id, '01J000000000000000000REF01']) {
      expect((await cancel(reference, { refundId }).expect(404)).body.code).toBe('refund_not_found');
    }
    expect((await cancel(reference, { refundId: 'x' }).expect(400)).body.code).toBe('id_invalid');
    expect((await request('9999999').expect(404)).body.code).toBe('order_not_found');
    expect(await lastRow()).toMatchObject({ outcome: 'failure', orderReference: '9999999' });
    await request('abc').expect(400);
  });

  it('are of no other account', async () => {
    const other = await service.newManager('manager@two.example');
    const reference = await newOrder();
    const { id } = (await request(reference, { amount: '1' }).expect(201)).body;
    const path = `/v1/orders/${reference}`;
    for (const attempt of [
      other.get(`${path}/refunds`),
      other.post(`${path}/refund`, { reason: 'other' }),
      other.post(`${path}/refund/cancel`, { refundId: id }),
    ]) {
      expect((await attempt.expect(404)).body.code).toBe('order_not_found');
    }
    expect(await refundsOf(reference)).toMatchObject([{ id, status: 'requested' }]);
    expect((await other.report({ activity: 'refund.canceled' }))[0]).toMatchObject({ outcome: 'failure' });
  });

  it('are denied without the privilege, and the attempt is recorded', async () => {
    const olga = await service.newUser(manager, 'olga@one.example', 'Olga Orders', ['orders']);
    const reference = await newOrder();
    await olga.post(`/v1/orders/${reference}/refund`, { reason: 'other', comment: 'Please' }).expect(403);
    await olga.post(`/v1/orders/${reference}/refund/cancel`).expect(403);
    await olga.get(`/v1/orders/${reference}/refunds`).expect(403);
    const lines = csvLines(await manager.csv({ userId: olga.user.id, outcome: 'denied', order: 'asc' }));
    expect(lines.slice(1).map((line) => line.slice(1))).toEqual([
      ['Olga Orders', 'Request order refund (denied)', '', reference, '', '', '', 'Please'],
      ['Olga Orders', 'Cancel order refund (denied)', '', reference, '', '', '', ''],
      ['Olga Orders', 'Accessed page (denied)', '', '', '', '', '', ''],
    ]);
    expect(await refundsOf(reference)).toEqual([]);
  });

  it('are listed newest first, page by page, as a look at the page', async () => {
    const reference = await newOrder();
    for (const amount of ['1', '2', '3']) await request(reference, { amount }).expect(201);
    const path = `/v1/orders/${reference}/refunds`;
    const first = (await manager.get(path, { limit: 2 }).expect(200)).body;
    expect(await lastRow()).toMatchObject({ activity: { code: 'page.accessed' }, page: 'Refunds' });
    const second = (await manager.get(path, { limit: 2, cursor: first.nextCursor }).expect(200)).body;
    const amounts = [...first.data, ...second.data].map(({ amount }: { amount: string }) => amount);
    expect([amounts, second.nextCursor]).toEqual([['3', '2', '1'], null]);
    const other = await newOrder();
    await manager.get(`/v1/orders/${other}/refunds`, { cursor: first.nextCursor }).expect(400);
  });
});
