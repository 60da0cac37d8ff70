import { RefundsJob } from '../../../src/control-panel/refunds/refunds.job';
import { csvLines } from '../../support/csv';
import { insertOrder, type OrderFields } from '../../support/inserted-orders';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const HALF_AN_HOUR = 30 * 60_000;

describe('the states of a refund', () => {
  const service = useService();
  const manager = useManager(service);
  const representative = new Representative(manager);
  const report = new Report(manager);

  afterEach(() => jest.restoreAllMocks());

  const newOrder = (told: Partial<OrderFields> = {}) =>
    insertOrder(service, manager, { lines: [{ unitPrice: 1000, quantity: 5 }], ...told });
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
      if (step === 'request') await representative.requestsRefund(reference);
      else if (step === 'cancel') await representative.cancelsRefund(reference);
      else await processAfter(HALF_AN_HOUR);
    }
    const status = code !== undefined ? 409 : action === 'request' ? 201 : 200;
    const body = await (action === 'request'
      ? representative.requestsRefund(reference, {}, status)
      : representative.cancelsRefund(reference, { comment: 'No' }, status));
    expect(body.code).toBe(code);
    if (code !== undefined) expect(body.detail).toMatch(detail);
    expect(await report.lastRow()).toMatchObject({
      activity: { code: action === 'request' ? 'refund.requested' : 'refund.canceled' },
      outcome: code === undefined ? 'success' : 'failure',
      orderReference: reference,
      comment: action === 'cancel' ? 'No' : null,
    });
  });

  it('say so when a refund is named that is canceled or processed', async () => {
    const reference = await newOrder();
    const { id: canceled } = await representative.requestsRefund(reference, { amount: '1' });
    await representative.cancelsRefund(reference);
    const { id: processed } = await representative.requestsRefund(reference, { amount: '1' });
    await processAfter(HALF_AN_HOUR);
    await representative.requestsRefund(reference, { amount: '1' });
    expect((await representative.cancelsRefund(reference, { refundId: canceled }, 409)).code).toBe('refund_canceled');
    expect((await representative.cancelsRefund(reference, { refundId: processed }, 409)).code).toBe('refund_processed');
    expect((await representative.seesRefunds(reference)).map(({ status }) => status)).toEqual([
      'requested',
      'processed',
      'canceled',
    ]);
  });

  it('change to processed when the half hour is over, and not a millisecond before', async () => {
    const reference = await newOrder();
    const start = Date.now() - HALF_AN_HOUR;
    service.setTime(new Date(start));
    await representative.requestsRefund(reference);
    const job = service.app.get(RefundsJob);
    service.setTime(new Date(start + HALF_AN_HOUR - 1));
    await job.runDue();
    expect(await representative.seesRefunds(reference)).toMatchObject([{ status: 'requested' }]);
    service.setTime(new Date(start + HALF_AN_HOUR));
    await job.runDue();
    expect(await representative.seesRefunds(reference)).toMatchObject([{ status: 'processed' }]);
  });

  it('are canceled also when the half hour is over, as long as the refund is not processed; then it never is', async () => {
    const reference = await newOrder();
    service.setTime(new Date(Date.now() - 2 * HALF_AN_HOUR));
    await representative.requestsRefund(reference);
    jest.restoreAllMocks();
    await representative.cancelsRefund(reference);
    await service.app.get(RefundsJob).runDue();
    expect(await representative.seesRefunds(reference)).toMatchObject([{ status: 'canceled' }]);
  });

  it('give a canceled amount and its pieces back to the rest', async () => {
    const reference = await newOrder();
    const lines = [{ position: 1, quantity: 4 }];
    await representative.requestsRefund(reference, { lines });
    await representative.requestsRefund(reference, { lines }, 422);
    await representative.cancelsRefund(reference);
    await representative.requestsRefund(reference, { lines });
    await representative.requestsRefund(reference, { amount: '10.01' }, 422);
    expect(await representative.requestsRefund(reference)).toMatchObject({ requestedAmount: '10' });
  });

  it('need the refund named where several are requested', async () => {
    const reference = await newOrder();
    const ids: string[] = [];
    for (const amount of ['1', '2']) ids.push((await representative.requestsRefund(reference, { amount })).id);
    const body = await representative.cancelsRefund(reference, undefined, 409);
    expect(body).toMatchObject({ code: 'refund_ambiguous', errors: [{ field: '/refundId' }] });
    for (const id of ids) expect(body.detail).toContain(id);
    expect(await report.lastRow()).toMatchObject({ outcome: 'failure', orderReference: reference });
    expect(await representative.cancelsRefund(reference, { refundId: ids[1] })).toMatchObject({ amount: '2' });
    expect(await representative.cancelsRefund(reference)).toMatchObject({ id: ids[0], amount: '1' });
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
    const refused = await representative.requestsRefund(reference, body, status);
    expect(refused.code).toBe(code);
    if (code === 'order_not_finished') expect(refused.detail).toContain('pending');
    expect(await report.lastRow()).toMatchObject({ outcome: 'failure', orderReference: reference });
  });

  it('refuse what is not there: an order, a refund, or one of another order', async () => {
    const [reference, other] = [await newOrder(), await newOrder()];
    const { id } = await representative.requestsRefund(other);
    for (const refundId of [id, '01J000000000000000000REF01']) {
      expect((await representative.cancelsRefund(reference, { refundId }, 404)).code).toBe('refund_not_found');
    }
    expect((await representative.cancelsRefund(reference, { refundId: 'x' }, 400)).code).toBe('id_invalid');
    expect((await representative.requestsRefund('9999999', {}, 404)).code).toBe('order_not_found');
    expect(await report.lastRow()).toMatchObject({ outcome: 'failure', orderReference: '9999999' });
    await representative.requestsRefund('abc', {}, 400);
  });

  it('are of no other account', async () => {
    const other = await service.newManager('manager@two.example');
    const reference = await newOrder();
    const { id } = await representative.requestsRefund(reference, { amount: '1' });
    const path = `/v1/orders/${reference}`;
    for (const attempt of [
      other.get(`${path}/refunds`),
      other.post(`${path}/refund`, { reason: 'other' }),
      other.post(`${path}/refund/cancel`, { refundId: id }),
    ]) {
      expect((await attempt.expect(404)).body.code).toBe('order_not_found');
    }
    expect(await representative.seesRefunds(reference)).toMatchObject([{ id, status: 'requested' }]);
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
      ['Olga Orders', 'Accessed page (denied)', '', '', '', '', '', `Refunds (/v1/orders/${reference}/refunds)`],
    ]);
    expect(await representative.seesRefunds(reference)).toEqual([]);
  });

  it('have what was requested in the record, also if they fail or are denied', async () => {
    const olga = await service.newUser(manager, 'olga-two@one.example', 'Olga Orders', ['orders']);
    const reference = await newOrder();
    const tooMuch = { amount: '60.01', reason: 'fraud' };
    await representative.requestsRefund(reference, tooMuch, 422);
    expect(await report.lastRow()).toMatchObject({
      outcome: 'failure',
      failureCode: 'refund_exceeds_rest',
      amount: null,
      details: { requestedAmount: '60.01', reason: 'fraud' },
    });
    await olga.post(`/v1/orders/${reference}/refund`, tooMuch).expect(403);
    expect((await report.lastRow()).details).toEqual({ requestedAmount: '60.01', reason: 'fraud' });
    const malformed = { amount: '9'.repeat(10_000), reason: 'x'.repeat(10_000) };
    await representative.requestsRefund(reference, malformed, 400);
    expect((await report.lastRow()).details).toEqual({});
    const refundId = '01J00000000000000000000000';
    await representative.cancelsRefund(reference, { refundId }, 404);
    expect((await report.lastRow()).details).toEqual({ refundId });
    await representative.cancelsRefund(reference, { refundId: refundId.repeat(100) }, 400);
    expect((await report.lastRow()).details).toEqual({});
  });

  it('are listed newest first, page by page, as a look at the page', async () => {
    const reference = await newOrder();
    for (const amount of ['1', '2', '3']) await representative.requestsRefund(reference, { amount });
    const path = `/v1/orders/${reference}/refunds`;
    const first = (await manager.get(path, { limit: 2 }).expect(200)).body;
    expect(await report.lastRow()).toMatchObject({ activity: { code: 'page.accessed' }, comment: 'Refunds' });
    const second = (await manager.get(path, { limit: 2, cursor: first.nextCursor }).expect(200)).body;
    const amounts = [...first.data, ...second.data].map(({ amount }: { amount: string }) => amount);
    expect([amounts, second.nextCursor]).toEqual([['3', '2', '1'], null]);
    const other = await newOrder();
    await manager.get(`/v1/orders/${other}/refunds`, { cursor: first.nextCursor }).expect(400);
  });
});
