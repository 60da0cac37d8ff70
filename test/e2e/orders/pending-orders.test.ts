import { Config } from '../../../src/config/config';
import { LedgerEntry } from '../../../src/control-panel/payments/ledger-entry.entity';
import { PaymentCallbacks } from '../../../src/control-panel/payments/payment-callbacks';
import { PendingChargesJob } from '../../../src/control-panel/payments/pending-charges.job';
import { Invoice } from '../../../src/control-panel/sales/invoice.entity';
import { Order } from '../../../src/control-panel/sales/order.entity';
import { Subscription } from '../../../src/control-panel/subscriptions/subscription.entity';
import { OutboxJob } from '../../../src/mail/outbox.job';
import { OutgoingMail } from '../../../src/mail/outgoing-mail.entity';
import { runCommand } from '../../support/command';
import { onServer } from '../../support/database';
import { Editor, TEMPLATES } from '../../support/email-templates';
import { buildCard, PENDING_CARD, PENDING_DECLINED_CARD } from '../../support/payment-methods';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import type { Service } from '../../support/service';
import { buildOrder, stockShop } from '../../support/shop';
import { useMailServer } from '../../support/use-mail-server';
import { useServices } from '../../support/use-service';

const MINUTE = 60_000;
const NOON = Date.parse('2026-06-15T12:00:00.000Z');
const GOOD = PENDING_CARD.token;
const BAD = PENDING_DECLINED_CARD.token;

describe('an order whose payment is pending', () => {
  const mailServer = useMailServer();
  const services = useServices(() => ({ SMTP_URL: mailServer.url, MAIL_FROM: 'shop@shop.example' }));
  const [service, twin = service] = services;
  let manager: Person;
  let representative: Representative;
  let accounts = 0;

  beforeEach(async () => {
    manager = await service.newManager(`manager@shop${++accounts}.example`);
    representative = new Representative(manager);
    await stockShop(manager);
  });
  afterEach(() => jest.restoreAllMocks());

  const setTime = (moment: number) => {
    for (const each of services) each.setTime(new Date(moment));
  };
  const place = (token: string, ...codes: string[]) =>
    representative.placesOrder({ ...buildOrder(...codes), paymentMethod: buildCard({ token }), comment: 'By phone' });
  const settle = ({ app }: Service = service) => app.get(PendingChargesJob).runDue();
  const orderAt = (reference: string) => representative.seesOrder({ reference });
  const idOf = async (reference: string) =>
    (await service.writeSource.getRepository(Order).findOneByOrFail({ ...ofAccount(), reference })).id;
  const ofAccount = () => ({ accountId: manager.user.account.id });
  const rowsOf = async () => ({
    invoices: await service.writeSource.getRepository(Invoice).countBy(ofAccount()),
    subscriptions: await service.writeSource.getRepository(Subscription).countBy(ofAccount()),
    charges: await service.writeSource.getRepository(LedgerEntry).countBy(ofAccount()),
    mails: await service.writeSource.getRepository(OutgoingMail).countBy(ofAccount()),
  });
  const NOTHING = { invoices: 0, subscriptions: 0, charges: 0, mails: 0 };
  /** Makes the mails of orders go out. */
  const activateTemplates = async () => {
    for (const kind of ['order_confirmation', 'order_cancellation']) {
      const [text, html] = ['{{products}}', '<p>{{total}} {{currency}}</p>'];
      await new Editor(manager).makesActive({ kind, subject: `${kind} of {{orderReference}}`, text, html });
    }
  };
  const delivered = async () => {
    mailServer.mails.length = 0;
    await service.app.get(OutboxJob).deliverDue();
    return mailServer.mails.map(({ subject, to, text }) => [subject, to?.[0]?.address, text?.trim()]);
  };

  it('has neither invoice nor subscription, and nothing can be done to it', async () => {
    await activateTemplates();
    const order = await place(GOOD, 'YEARLY', 'ONCE');
    expect(order).toMatchObject({ status: 'pending', total: '119.90', invoiceNumber: null });
    expect(order.lines.map((line: Record<string, unknown>) => line.subscriptionReference)).toEqual([null, null]);
    expect(await orderAt(order.reference)).toEqual(order);
    expect(await rowsOf()).toEqual(NOTHING);
    expect(await new Report(manager).lastRow({ activity: 'order.placed' })).toMatchObject({
      outcome: 'success',
      orderReference: order.reference,
      amount: '119.90',
      subscriptionReference: null,
      billingCycles: null,
      comment: 'By phone',
    });
    const path = `/v1/orders/${order.reference}`;
    const template = await new Editor(manager).makes();
    const preview = { orderReference: order.reference };
    for (const [attempt, field] of [
      [manager.get(`${path}/invoice`), 'reference'],
      [manager.get(`${path}/invoice.pdf`), 'reference'],
      [manager.post(`${path}/invoice/send`), 'reference'],
      [manager.post(`${TEMPLATES}/${template.id}/preview`, preview), '/orderReference'],
    ] as const) {
      const { body } = await attempt.expect(404);
      expect(body).toMatchObject({ code: 'invoice_not_found', errors: [{ field }] });
      expect(body.detail).toContain('pending');
    }
    const refund = await representative.requestsRefund(order.reference, {}, 409);
    expect(refund).toMatchObject({ code: 'order_not_finished', detail: expect.stringContaining('pending') });
  });

  it('is finished after a minute, and not a millisecond before, with all that a paid order gets', async () => {
    await activateTemplates();
    setTime(NOON);
    const { reference } = await place(GOOD, 'YEARLY', 'ONCE', 'MONTHLY');
    setTime(NOON + MINUTE - 1);
    expect(await settle()).toEqual({ captured: 0, declined: 0 });
    expect((await orderAt(reference)).status).toBe('pending');

    setTime(NOON + MINUTE);
    expect(await settle()).toEqual({ captured: 1, declined: 0 });
    expect(await settle()).toEqual({ captured: 0, declined: 0 });
    expect(await rowsOf()).toEqual({ invoices: 1, subscriptions: 2, charges: 1, mails: 1 });

    const order = await orderAt(reference);
    expect(order).toMatchObject({ status: 'finished', invoiceNumber: 1, placedAt: '2026-06-15T15:00:00.000+03:00' });
    const [yearly, once, monthly] = order.lines;
    expect([yearly, once, monthly]).toMatchObject([
      { subscriptionReference: expect.stringMatching(/^[A-Z]{4}\d{4}[A-Z]{2}$/) },
      { subscriptionReference: null },
      { subscriptionReference: expect.stringMatching(/^[A-Z]{4}\d{4}[A-Z]{2}$/) },
    ]);
    const subscription = await representative.seesSubscription({ reference: yearly.subscriptionReference });
    expect(subscription).toMatchObject({
      orderReference: reference,
      status: 'active',
      productCode: 'YEARLY',
      price: '100',
      endsAt: '2027-06-15T15:01:00.000+03:00',
    });
    const { body: invoice } = await manager.get(`/v1/orders/${reference}/invoice`).expect(200);
    expect(invoice).toMatchObject({ number: 1, total: '129.90', issuedAt: '2026-06-15T15:01:00.000+03:00' });
    const charges = await service.writeSource.getRepository(LedgerEntry).findBy(ofAccount());
    expect(charges).toMatchObject([
      { key: `order:${await idOf(reference)}`, movement: 'charge', amount: 12_990, cardToken: GOOD },
    ]);
    expect(await delivered()).toEqual([
      [`order_confirmation of ${reference}`, 'sara@shopper.example', '1 × Yearly; 1 × Sold once; 1 × Monthly'],
    ]);
    expect((await manager.get('/v1/orders', { status: 'finished' }).expect(200)).body.data).toHaveLength(1);
    await representative.requestsRefund(reference);
  });

  it('is canceled when the payment is declined: no invoice, no subscription, no charge, and its mail goes out', async () => {
    await activateTemplates();
    setTime(NOON);
    const { reference } = await place(BAD, 'YEARLY', 'ONCE');
    setTime(NOON + MINUTE);
    expect(await settle()).toEqual({ captured: 0, declined: 1 });
    expect(await settle()).toEqual({ captured: 0, declined: 0 });
    expect(await orderAt(reference)).toMatchObject({ status: 'canceled', invoiceNumber: null, refunded: '0' });
    expect(await rowsOf()).toEqual({ ...NOTHING, mails: 1 });
    expect(await delivered()).toEqual([
      [`order_cancellation of ${reference}`, 'sara@shopper.example', '1 × Yearly; 1 × Sold once'],
    ]);
    const canceled = (await manager.get('/v1/orders', { status: 'canceled' }).expect(200)).body.data;
    expect(canceled).toMatchObject([{ reference, status: 'canceled' }]);
    const refund = await representative.requestsRefund(reference, {}, 409);
    expect(refund).toMatchObject({ code: 'order_not_finished', detail: expect.stringContaining('canceled') });
    expect((await manager.get(`/v1/orders/${reference}/invoice`).expect(404)).body.detail).toContain('canceled');
  });

  it('is settled without a mail where no template is active, and never as the activity of anybody', async () => {
    setTime(NOON);
    for (const token of [GOOD, BAD]) await place(token, 'YEARLY');
    const records = () => service.writeSource.query<unknown[]>('SELECT id FROM activities');
    const before = await records();
    setTime(NOON + MINUTE);
    expect(await settle()).toEqual({ captured: 1, declined: 1 });
    expect(await rowsOf()).toEqual({ invoices: 1, subscriptions: 1, charges: 1, mails: 0 });
    expect(await records()).toEqual(before);
  });

  it('still answers a repeated request as the first one', async () => {
    setTime(NOON);
    const request = { ...buildOrder('ONCE'), paymentMethod: PENDING_CARD };
    const send = () => manager.post('/v1/orders', request).set('idempotency-key', 'pending').expect(201);
    const { body: first } = await send();
    setTime(NOON + MINUTE);
    await settle();
    expect((await send()).body).toEqual(first);
    expect((await orderAt(first.reference)).status).toBe('finished');
  });

  it('is settled once by several runners at the same time, and its invoice leaves no gap', async () => {
    await activateTemplates();
    setTime(NOON);
    const references: string[] = [];
    for (let order = 0; order < 12; order++) {
      references.push((await place(order % 3 === 0 ? BAD : GOOD, 'YEARLY')).reference);
    }
    setTime(NOON + MINUTE);
    const counts = await Promise.all([service, twin, service, twin].map((runner) => settle(runner)));
    const sum = (name: 'captured' | 'declined') => counts.reduce((total, count) => total + count[name], 0);
    expect([sum('captured'), sum('declined')]).toEqual([8, 4]);
    expect(await rowsOf()).toEqual({ invoices: 8, subscriptions: 8, charges: 8, mails: 12 });
    const orders = await Promise.all(references.map(orderAt));
    expect(orders.filter(({ status }) => status === 'canceled')).toHaveLength(4);
    const numbers = orders.flatMap(({ invoiceNumber }) => invoiceNumber ?? []) as number[];
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  /** Has the next settlement fail after all that follows from it was done, with an error of this code. */
  const failOnce = (code: string) => {
    const callbacks = service.app.get(PaymentCallbacks, { strict: false });
    const notifySettled = callbacks.notifySettled.bind(callbacks);
    jest.spyOn(callbacks, 'notifySettled').mockImplementationOnce(async (...settlement) => {
      await notifySettled(...settlement);
      throw Object.assign(new Error(code), { code });
    });
  };

  it('is settled once when the transaction loses against another one at its end and is run again', async () => {
    await activateTemplates();
    setTime(NOON);
    const { reference } = await place(GOOD, 'YEARLY');
    setTime(NOON + MINUTE);
    failOnce(onServer ? 'ER_LOCK_DEADLOCK' : 'SQLITE_BUSY');
    expect(await settle()).toEqual({ captured: 1, declined: 0 });
    expect(await rowsOf()).toEqual({ invoices: 1, subscriptions: 1, charges: 1, mails: 1 });
    expect(await orderAt(reference)).toMatchObject({ status: 'finished', invoiceNumber: 1 });
  });

  it('stays pending as a whole when it cannot be settled, holds up no other one, and is tried again', async () => {
    setTime(NOON);
    const [broken, fine] = [await place(GOOD, 'YEARLY'), await place(GOOD, 'YEARLY')];
    setTime(NOON + MINUTE);
    failOnce('broken');
    expect(await settle()).toEqual({ captured: 1, declined: 0 });
    expect(await orderAt(broken.reference)).toEqual(broken);
    expect(await orderAt(fine.reference)).toMatchObject({ status: 'finished', invoiceNumber: 1 });
    expect(await settle()).toEqual({ captured: 1, declined: 0 });
    expect(await orderAt(broken.reference)).toMatchObject({ status: 'finished', invoiceNumber: 2 });
  });

  it('is not settled by a process whose jobs are turned off', async () => {
    setTime(NOON);
    const { reference } = await place(GOOD, 'ONCE');
    setTime(NOON + MINUTE);
    const job = service.app.get(PendingChargesJob);
    const config = service.app.get(Config);
    await job.tick();
    expect((await orderAt(reference)).status).toBe('pending');
    config.SCHEDULE_JOBS = true;
    try {
      await job.tick();
    } finally {
      config.SCHEDULE_JOBS = false;
    }
    expect((await orderAt(reference)).status).toBe('finished');
  });

  it('is settled by run-jobs, which prints how many were captured and declined, in two processes at once', async () => {
    setTime(Date.now() - 2 * MINUTE);
    const tokens = [GOOD, BAD, GOOD, GOOD];
    for (const token of tokens) await place(token, 'MONTHLY');
    jest.restoreAllMocks();
    const { DATABASE_URL } = service.app.get(Config);
    const runs = Array.from({ length: onServer ? 2 : 1 }, () => runCommand('run-jobs', { DATABASE_URL }));
    const printed = (await Promise.all(runs)).map((line) => JSON.parse(line) as Record<string, number>);
    const sum = (name: string) => printed.reduce((total, counts) => total + counts[name]!, 0);
    expect([sum('captured'), sum('declined')]).toEqual([3, 1]);
    expect(await rowsOf()).toEqual({ invoices: 3, subscriptions: 3, charges: 3, mails: 0 });
  });
});
