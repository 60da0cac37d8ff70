import { Config } from '../../../src/config/config';
import { PaymentGateway, type Payment } from '../../../src/control-panel/payments/payment-gateway';
import { RefundsJob } from '../../../src/control-panel/refunds/refunds.job';
import { RefundsRepository } from '../../../src/control-panel/sales/refunds.repository';
import { onServer } from '../../support/database';
import { insertOrder, type LineFields } from '../../support/inserted-orders';
import { CARD } from '../../support/payment-methods';
import { useManager } from '../../support/use-people';
import { useServices } from '../../support/use-service';

const cents = (amount: unknown) => Math.round(Number(amount) * 100);
const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

describe('refunds at the same time', () => {
  const services = useServices();
  const [service] = services;
  const manager = useManager(service);
  afterEach(() => jest.restoreAllMocks());

  const newOrder = (lines: LineFields[] = [{ unitPrice: 10_000, fee: 1000 }]) =>
    insertOrder(service, manager, { lines });
  const request = (reference: string, body: object = {}) =>
    manager.post(`/v1/orders/${reference}/refund`, { reason: 'other', ...body });
  const refundedOf = async (reference: string): Promise<number> => {
    const [row] = await service.writeSource.query(`SELECT refunded FROM orders WHERE reference = '${reference}'`);
    return Number(row.refunded);
  };
  const ledger = (): Promise<Record<string, unknown>[]> =>
    service.writeSource.query(`SELECT * FROM ledger_entries WHERE movement = 'refund'`);
  /** An hour later. */
  const makeDue = () => {
    const later = new Date(Date.now() + 60 * 60_000);
    for (const each of services) each.setTime(later);
  };
  /** Lets a test see, and hold up, what the gateways are told to pay back. */
  const watchGateways = (meanwhile: (payment: Payment) => Promise<void> = () => Promise.resolve()) => {
    const paid: string[] = [];
    for (const { app } of services) {
      const gateway = app.get(PaymentGateway, { strict: false });
      const refund = gateway.refund.bind(gateway);
      jest.spyOn(gateway, 'refund').mockImplementation(async (payment) => {
        paid.push(payment.key);
        await meanwhile(payment);
        await refund(payment);
      });
    }
    return paid;
  };

  it.each<[string, LineFields[], (number: number) => object, number, number, number]>([
    ['by amount', [{ unitPrice: 10_000, fee: 1001 }], () => ({ amount: '3.50' }), 28, 9800, 980],
    ['by line', [{ unitPrice: 400, quantity: 25, fee: 77 }], () => pieces(1, 1), 25, 10_000, 77],
    ['by amount that is just enough', [{ unitPrice: 14_000, fee: 1001 }], () => ({ amount: '3.50' }), 40, 14_000, 1001],
    ['by both', [{ unitPrice: 350, quantity: 28, fee: 5 }], even({ amount: '3.50' }, pieces(1, 1)), 28, 9800, 5],
  ])('40 of one order, %s, never take more than its total', async (_, lines, bodyOf, made, taken, kept) => {
    const reference = await newOrder(lines);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, number) => request(reference, bodyOf(number))));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 40 - made }, () => [422, 'refund_exceeds_rest']),
    );
    const refunds = (await manager.get(`/v1/orders/${reference}/refunds`).expect(200)).body.data;
    expect(refunds).toHaveLength(made);
    expect(total(refunds.map((refund: Record<string, unknown>) => cents(refund.requestedAmount)))).toBe(taken);
    expect(await refundedOf(reference)).toBe(taken);

    const rows = (await manager.report({ activity: 'refund.requested' })).filter(
      ({ orderReference }) => orderReference === reference,
    );
    const back = refunds.map((refund: Record<string, unknown>) => cents(refund.amount));
    const recorded = rows.filter(({ outcome }) => outcome === 'success').map(({ amount }) => cents(amount));
    expect(recorded.sort()).toEqual(back.sort());
    expect(rows.filter(({ outcome }) => outcome === 'failure')).toHaveLength(40 - made);
    expect(taken - total(recorded)).toBe(kept);
  });

  it('cancels give back what they took once, while others are requested', async () => {
    const reference = await newOrder();
    const { id: refundId } = (await request(reference, { amount: '50' }).expect(201)).body;
    const cancels = Array.from({ length: 5 }, () =>
      manager.post(`/v1/orders/${reference}/refund/cancel`, { refundId }),
    );
    const requests = Array.from({ length: 20 }, () => request(reference, { amount: '10' }));
    const answers = await Promise.all([...cancels, ...requests]);
    expect(
      answers
        .slice(0, 5)
        .map(({ status }) => status)
        .sort(),
    ).toEqual([200, 409, 409, 409, 409]);
    const made = answers.slice(5).filter(({ status }) => status === 201).length;
    expect(await refundedOf(reference)).toBe(made * 1000);
    expect(made).toBeLessThanOrEqual(10);
    expect(made).toBeGreaterThanOrEqual(5);
  });

  it('are each paid back once by two runners at the same time', async () => {
    const ids: string[] = [];
    for (let order = 0; order < 3; order++) {
      const reference = await newOrder();
      for (let refund = 0; refund < 5; refund++) {
        ids.push((await request(reference, { amount: '20' }).expect(201)).body.id);
      }
    }
    const before = new Set((await ledger()).map((entry) => entry.movement_key));
    makeDue();
    const paid = watchGateways();
    const runners = [...services, ...services].map(({ app }) => app.get(RefundsJob));
    const counts = await Promise.all(runners.map((job) => job.runDue()));
    const keys = ids.map((id) => `refund:${id}`).sort();
    expect(paid.filter((key) => keys.includes(key)).sort()).toEqual(keys);
    expect(total(counts)).toBe(paid.length);
    const entries = (await ledger()).filter((entry) => keys.includes(entry.movement_key as string));
    expect(before).not.toContain(keys[0]);
    expect(entries.map((entry) => [Number(entry.amount), entry.currency, entry.card_token])).toEqual(
      keys.map(() => [1800, 'USD', CARD.token]),
    );
    expect(await runners[0]!.runDue()).toBe(0);
  });

  it('are left alone by a runner while another one pays them back, and then cannot be canceled', async () => {
    const reference = await newOrder();
    await request(reference).expect(201);
    makeDue();
    const atGateway = gate();
    const mayGoOn = gate();
    const paid = watchGateways(() => {
      atGateway.open();
      return mayGoOn.opened;
    });
    const [first, second] = [service, services.at(-1)!].map(({ app }) => app.get(RefundsJob));
    const running = first!.runDue();
    await atGateway.opened;
    const other = second!.runDue();
    const atRefund = gate();
    const repository = service.app.get(RefundsRepository);
    const lock = repository.lock.bind(repository);
    jest.spyOn(repository, 'lock').mockImplementation((...refund) => {
      atRefund.open();
      return lock(...refund);
    });
    const canceled = manager.post(`/v1/orders/${reference}/refund/cancel`).then(({ body }) => body.code as string);
    // The embedded database makes everybody else wait.
    if (onServer) {
      expect(await other).toBe(0);
      await atRefund.opened;
    }
    mayGoOn.open();
    expect([await running, await other]).toEqual([1, 0]);
    expect(await canceled).toBe('refund_processed');
    expect(paid).toHaveLength(1);
  });

  it('that the gateway cannot pay back stay requested, hold up no others, and are tried again', async () => {
    const [broken, fine] = [await newOrder(), await newOrder()];
    const { id } = (await request(broken).expect(201)).body;
    await request(fine).expect(201);
    makeDue();
    let isAway = true;
    watchGateways(({ key }) => (isAway && key.endsWith(id) ? Promise.reject(new Error('away')) : Promise.resolve()));
    const job = service.app.get(RefundsJob);
    const statusOf = async (reference: string) =>
      (await manager.get(`/v1/orders/${reference}/refunds`).expect(200)).body.data[0].status as string;
    expect(await job.runDue()).toBe(1);
    expect([await statusOf(broken), await statusOf(fine)]).toEqual(['requested', 'processed']);
    isAway = false;
    expect(await job.runDue()).toBe(1);
    expect([await statusOf(broken), await statusOf(fine)]).toEqual(['processed', 'processed']);
  });

  it('are not processed by a process whose jobs are turned off', async () => {
    const reference = await newOrder();
    await request(reference).expect(201);
    makeDue();
    const paid = watchGateways();
    const job = service.app.get(RefundsJob);
    const config = service.app.get(Config);
    await job.tick();
    expect(paid).toEqual([]);
    config.SCHEDULE_JOBS = true;
    try {
      await job.tick();
    } finally {
      config.SCHEDULE_JOBS = false;
    }
    expect(paid).toHaveLength(1);
  });
});

function pieces(position: number, quantity: number) {
  return { lines: [{ position, quantity }] };
}

/** The one for even numbers, the other for odd ones. */
function even<One, Other>(one: One, other: Other): (number: number) => One | Other {
  return (number) => (number % 2 === 0 ? one : other);
}

/** Something to wait for until it is opened. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}
