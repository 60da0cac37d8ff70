import { SMTPServer } from 'smtp-server';
import { Config } from '../../../src/config/config';
import { OutboxJob } from '../../../src/mail/outbox.job';
import type { Row } from '../../support/person';
import { ServiceProcess } from '../../support/process';
import { scaled } from '../../support/scale';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KILLS = scaled(20, 5);
const ACTIONS = 200;
/** Every so many actions one sends an invoice, which costs ten times as much as an order; the others order. */
const MAIL_EVERY = 5;

/** What a killed process had answered: references of orders, ids of mails. */
interface Answered {
  readonly orders: string[];
  readonly mails: string[];
}

describe('a process killed in the middle of two hundred actions, several times', () => {
  let base: string;
  let smtp: SMTPServer;
  const delivered: string[] = [];
  const answered: Answered = { orders: [], mails: [] };

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        let mail = '';
        stream.on('data', (chunk) => (mail += String(chunk)));
        stream.on('end', () => {
          delivered.push(/^Message-ID: <([0-9A-Z]{26})/im.exec(mail)?.[1] ?? 'without an id');
          done();
        });
      },
    });
    // A killed process resets its connections.
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) =>
      smtp.listen(0, '127.0.0.1', () => {
        resolve();
      }),
    );
  });
  const service = useService(() => {
    const { port } = smtp.server.address() as { port: number };
    return { SMTP_URL: `smtp://127.0.0.1:${port}` };
  });
  const manager = useManager(service);
  beforeAll(async () => {
    await stockShop(manager);
    base = (await manager.post('/v1/orders', buildOrder('ONCE')).expect(201)).body.reference;
    for (let kill = 0; kill < KILLS; kill++) {
      const part = kill / KILLS;
      // By turns, because a fast database can answer all orders before the first mail.
      if (kill % 2 === 0) await actAndKill('orders', 5 + Math.round(part * 150));
      else await actAndKill('mails', 3 + Math.round(part * 30));
    }
  }, 900_000);
  afterAll(async () => {
    await new Promise<void>((resolve) => {
      smtp.close(resolve);
    });
  });

  /** Starts a process, sends it all actions at once, and kills it when so many of one kind are answered. */
  async function actAndKill(kind: keyof Answered, afterAnswers: number): Promise<void> {
    const { DATABASE_URL, SMTP_URL } = service.app.get(Config);
    const running = await ServiceProcess.start({ DATABASE_URL, SMTP_URL: SMTP_URL!, SCHEDULE_JOBS: 'true' });
    const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
    const end = answered[kind].length + afterAnswers;
    let killed: Promise<void> | undefined;
    const act = async (isOrder: boolean): Promise<void> => {
      const path = isOrder ? '/v1/orders' : `/v1/orders/${base}/invoice/send`;
      const body = JSON.stringify(isOrder ? buildOrder('ONCE') : {});
      const response = await fetch(running.url + path, { method: 'POST', headers, body });
      const { reference, mailId } = (await response.json()) as { reference: string; mailId: string };
      if (response.ok) (isOrder ? answered.orders : answered.mails).push(isOrder ? reference : mailId);
      if (answered[kind].length >= end) killed ??= running.kill();
    };
    await Promise.allSettled(Array.from({ length: ACTIONS }, (_, number) => act(number % MAIL_EVERY !== 0)));
    await (killed ?? running.kill());
  }

  const recorded = (activity: string): Promise<Row[]> => manager.walk({ activity, outcome: 'success', limit: 1000 });
  const column = async (sql: string): Promise<string[]> =>
    (await service.writeSource.query<{ value: string }[]>(sql)).map(({ value }) => value).sort();

  it('has kept every change and every record of what it had answered', async () => {
    expect(answered.orders.length).toBeGreaterThan(KILLS);
    expect(answered.mails.length).toBeGreaterThan(KILLS);
    const orders = new Set(await column('SELECT reference AS value FROM orders'));
    const mails = new Set(await column('SELECT id AS value FROM outgoing_mails'));
    const records = new Set((await recorded('order.placed')).map(({ orderReference }) => orderReference));
    for (const reference of answered.orders) {
      expect(orders.has(reference)).toBe(true);
      expect(records.has(reference)).toBe(true);
    }
    for (const id of answered.mails) expect(mails.has(id)).toBe(true);
  });

  it('has left no change without its record, and no record without its change', async () => {
    const orders = await column('SELECT reference AS value FROM orders');
    const records = (await recorded('order.placed')).map(({ orderReference }) => String(orderReference)).sort();
    expect(records).toEqual(orders);
    const numbers = await column('SELECT number AS value FROM invoices ORDER BY number');
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(orders.map((_, index) => index + 1));
    const mails = await column('SELECT id AS value FROM outgoing_mails');
    expect(await recorded('invoice.sent')).toHaveLength(mails.length);
  });

  it('has lost no mail: the outbox catches up', async () => {
    const mails = await column('SELECT id AS value FROM outgoing_mails');
    service.setTime(new Date(Date.now() + 24 * 60 * 60_000));
    const outbox = service.app.get(OutboxJob);
    while ((await outbox.deliverDue()).sent > 0);
    jest.restoreAllMocks();
    expect(new Set(delivered)).toEqual(new Set(mails));
    expect(await column(`SELECT status AS value FROM outgoing_mails WHERE status <> 'sent'`)).toEqual([]);
  }, 360_000);
});
