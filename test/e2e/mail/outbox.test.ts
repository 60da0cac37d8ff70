import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { Config } from '../../../src/config/config';
import type { Order } from '../../../src/control-panel/sales/order.entity';
import { IdSource } from '../../../src/lib/time-ordered-id';
import { Clock } from '../../../src/lib/time/clock';
import { MailTransport } from '../../../src/mail/mail-transport';
import { OutboxJob } from '../../../src/mail/outbox.job';
import { OutgoingMail } from '../../../src/mail/outgoing-mail.entity';
import { OutgoingMailsRepository } from '../../../src/mail/outgoing-mails.repository';
import { csvLines } from '../../support/csv';
import { invoicedOrder } from '../../support/invoiced-orders';
import { Report } from '../../support/report';
import { Representative } from '../../support/representative';
import { Service } from '../../support/service';
import { useMailServer } from '../../support/use-mail-server';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const CREDENTIALS = { user: 'us@er', password: 'p/ss word' };

describe('sending an invoice', () => {
  const server = useMailServer(CREDENTIALS);
  const service = useService(() => ({ SMTP_URL: server.url, MAIL_FROM: 'billing@shop.example' }));
  const manager = useManager(service);
  const report = new Report(manager);
  let order: Order;

  beforeAll(async () => {
    order = await invoicedOrder(service, manager);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await service.writeSource.getRepository(OutgoingMail).clear();
    server.mails.length = 0;
  });

  const send = (body?: object, person = manager) => person.post(`/v1/orders/${order.reference}/invoice/send`, body);
  const deliver = () => service.app.get(OutboxJob).deliverDue();
  /** The job as another process has it. */
  const otherRunner = (): OutboxJob => {
    const { app } = service;
    const [stored, transport] = [app.get(OutgoingMailsRepository), app.get(MailTransport)];
    return new OutboxJob(stored, transport, app.get(Clock), app.get(IdSource), app.get(Config));
  };
  const mails = () => service.writeSource.getRepository(OutgoingMail).find({ order: { id: 'ASC' } });
  const lastSending = () => report.lastRow({ activity: 'invoice.sent' });
  const NOON = Date.parse('2026-03-01T12:00:00.000Z');
  const setMinute = (minute: number) => {
    service.setTime(new Date(NOON + minute * 60_000));
  };

  it('queues a mail, and delivers it to the shopper with the PDF', async () => {
    const { body } = await send().expect(202);
    expect(body).toEqual({ mailId: expect.stringMatching(/^[0-9A-Z]{26}$/), recipient: 'ivan@shopper.example' });
    expect(server.mails).toHaveLength(0);
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    const [mail] = server.mails;
    expect(mail).toMatchObject({
      messageId: `<${body.mailId}@shop.example>`,
      from: { address: 'billing@shop.example' },
      to: [{ address: 'ivan@shopper.example' }],
      subject: 'Invoice 1 from Merchant of manager@one.example',
      text: expect.stringContaining(`Dear Иван Ωμέγα,\n\nAttached is invoice 1 of your order ${order.reference}`),
    });
    const pdf = await manager.get(`/v1/orders/${order.reference}/invoice.pdf`).responseType('blob').expect(200);
    expect(mail!.attachments).toHaveLength(1);
    expect(mail!.attachments[0]).toMatchObject({ filename: 'invoice-1.pdf', mimeType: 'application/pdf' });
    expect(Buffer.from(mail!.attachments[0]!.content as ArrayBuffer).equals(pdf.body)).toBe(true);
    expect(await mails()).toMatchObject([{ id: body.mailId, status: 'sent', tries: 1 }]);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it('sends to somebody else when asked, and is a row of the report with its comment', async () => {
    const { body } = await send({ recipient: ' Accounting@Shopper.example', comment: ' Lost ' }).expect(202);
    expect(body.recipient).toBe('accounting@shopper.example');
    await deliver();
    expect(server.mails[0]!.to).toMatchObject([{ address: 'accounting@shopper.example' }]);
    const [, row] = csvLines(await manager.csv({ from: '2000-01-01', activity: 'invoice.sent' }));
    expect(row!.slice(1)).toEqual(['Maria Manager', 'Send shopper invoice', '', order.reference, '', '', '', 'Lost']);
    expect(row![0]).toMatch(/^20\d{2}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
  });

  it.each([
    ['another recipient than an address', { recipient: 'a@b.example, c@d.example' }, 'email_invalid'],
    ['a recipient with a line break', { recipient: '"a\r\nb"@c.example' }, 'email_invalid'],
    ['a recipient around another one', { recipient: '"<a@b.example>"@c.example' }, 'email_invalid'],
    ['a comment that is too long', { comment: 'x'.repeat(2001) }, 'length_out_of_range'],
    ['a field that it lacks', { subject: 'Hello' }, 'field_unknown'],
  ])('refuses %s, and records the order', async (_, request, code) => {
    const { body } = await send(request).expect(400);
    expect(body).toMatchObject({ code });
    expect(await lastSending()).toMatchObject({ outcome: 'failure', orderReference: order.reference });
    expect(await mails()).toEqual([]);
  });

  it('records the reference of an order that is not there', async () => {
    await manager.post('/v1/orders/9999999/invoice/send', { comment: 'Where?' }).expect(404);
    expect(await lastSending()).toMatchObject({ outcome: 'failure', orderReference: '9999999', comment: 'Where?' });
  });

  it('is denied without the privilege, and recorded so', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['orders']);
    await send({}, john).expect(403);
    expect(await lastSending()).toMatchObject({ outcome: 'denied', orderReference: order.reference });
    expect(await mails()).toEqual([]);
  });

  it('sends nothing when it cannot be recorded', async () => {
    const rename = (from: string, to: string) => service.writeSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('activities', 'activities_away');
    try {
      await send().expect(503);
    } finally {
      await rename('activities_away', 'activities');
    }
    expect(await mails()).toEqual([]);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it('tries again, later each time, while the server is away', async () => {
    await server.stop();
    setMinute(0);
    await send().expect(202);
    for (const [tries, minute] of [0, 1, 3, 7].entries()) {
      setMinute(minute - 0.001);
      if (tries > 0) expect(await deliver()).toEqual({ sent: 0, failed: 0 });
      setMinute(minute);
      expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    }
    await server.start();
    setMinute(15);
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(server.mails).toHaveLength(1);
  });

  it('gives up after twelve tries', async () => {
    jest.spyOn(service.app.get(MailTransport), 'send').mockRejectedValue(new Error('451 not now'));
    setMinute(0);
    await send().expect(202);
    const rounds = [];
    for (let day = 0; day < 13; day++) {
      setMinute(day * 24 * 60);
      rounds.push((await deliver()).failed);
    }
    expect(rounds).toEqual([...Array<number>(12).fill(1), 0]);
    expect(await mails()).toMatchObject([{ status: 'failed', tries: 12 }]);
  });

  it('delivers each of many mails once, however many runners there are', async () => {
    for (let sending = 0; sending < 12; sending++) await send().expect(202);
    const rounds = await Promise.all([deliver(), deliver(), deliver()]);
    expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(12);
    const delivered = server.mails.map(({ messageId }) => messageId).sort();
    expect(delivered).toEqual((await mails()).map(({ id }) => `<${id}@shop.example>`));
  });

  it('is taken over from a runner that dies before it sends', async () => {
    setMinute(0);
    await send().expect(202);
    const claimer = { owner: 'died', leaseEnd: new Date(NOON + 600_000) };
    const claim = await service.app.get(OutgoingMailsRepository).claimDue(new Date(NOON), claimer, 5);
    expect(claim.mails).toHaveLength(1);
    setMinute(9);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    setMinute(10);
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(server.mails).toHaveLength(1);
  });

  it('goes out again, recognisably, after a runner that dies between sending and marking', async () => {
    setMinute(0);
    await send().expect(202);
    jest.spyOn(service.app.get(OutgoingMailsRepository), 'updateSent').mockRejectedValueOnce(new Error('away'));
    expect(await otherRunner().deliverDue()).toEqual({ sent: 0, failed: 1 });
    setMinute(9);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    setMinute(10);
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    const [first, second] = server.mails;
    expect(second).toEqual({
      ...first,
      attachments: expect.anything(),
      headers: expect.anything(),
      headerLines: expect.anything(),
    });
    setMinute(60 * 24);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });
});

describe('a runner whose database goes away', () => {
  const server = useMailServer();
  const service = useService(() => ({ SMTP_URL: server.url }));
  const manager = useManager(service);
  let order: Order;

  beforeAll(async () => {
    order = await invoicedOrder(service, manager);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    server.mails.length = 0;
  });

  const outbox = () => service.app.get(OutboxJob);
  const stored = () => service.app.get(OutgoingMailsRepository);
  const send = () => new Representative(manager).sendsInvoice(order);
  const mailOf = (id: string) => service.writeSource.getRepository(OutgoingMail).findOneByOrFail({ id });
  const statusOf = async (id: string) => (await mailOf(id)).status;

  it('while it marks a mail as sent marks it later, and does not send it again', async () => {
    const { mailId } = await send();
    jest.spyOn(stored(), 'updateSent').mockRejectedValueOnce(new Error('away'));
    await outbox().deliverDue();
    expect(await statusOf(mailId)).toBe('waiting');
    expect(await outbox().deliverDue()).toEqual({ sent: 0, failed: 0 });
    expect(await statusOf(mailId)).toBe('sent');
    expect(server.mails).toHaveLength(1);
  });

  it('while it claims a mail sends it when it learns of its claim', async () => {
    const { mailId } = await send();
    const claimDue = stored().claimDue.bind(stored());
    jest.spyOn(stored(), 'claimDue').mockImplementationOnce(async (...claim) => {
      await claimDue(...claim);
      throw new Error('away');
    });
    await expect(outbox().deliverDue()).rejects.toThrow('away');
    expect(server.mails).toHaveLength(0);
    expect(await outbox().deliverDue()).toEqual({ sent: 1, failed: 0 });
    // The two claims were for one attempt.
    expect(await mailOf(mailId)).toMatchObject({ status: 'sent', tries: 1 });
  });
});

describe('without a mail server', () => {
  it('a mail becomes a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outbox-test-'));
    const service = await Service.start({ MAIL_OUTBOX_DIR: join(folder, 'new') });
    try {
      const manager = await service.newManager('manager@files.example');
      const order = await invoicedOrder(service, manager);
      const { body } = await manager.post(`/v1/orders/${order.reference}/invoice/send`).expect(202);
      // As a process leaves it that was killed while it wrote the file.
      await mkdir(join(folder, 'new'));
      await writeFile(join(folder, 'new', `${body.mailId}.eml.part`), 'MIME-Ver', { mode: 0o644 });
      expect(await service.app.get(OutboxJob).deliverDue()).toEqual({ sent: 1, failed: 0 });
      const { mode } = await stat(join(folder, 'new', `${body.mailId}.eml`));
      expect((mode & 0o777).toString(8)).toBe('600');
      expect(await readdir(join(folder, 'new'))).toEqual([`${body.mailId}.eml`]);
      const mail = await PostalMime.parse(await readFile(join(folder, 'new', `${body.mailId}.eml`)));
      expect(mail).toMatchObject({
        messageId: `<${body.mailId}@localhost>`,
        subject: expect.stringMatching(/^Invoice 1/),
      });
      expect(mail.attachments).toMatchObject([{ filename: 'invoice-1.pdf' }]);
    } finally {
      await service.stop();
      await rm(folder, { recursive: true });
    }
  });
});
