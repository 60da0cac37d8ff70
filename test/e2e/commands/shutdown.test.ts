import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createConnection, type Connection } from 'mysql2/promise';
import { Config } from '../../../src/config/config';
import { onServer } from '../../support/database';
import { REPORT } from '../../support/person';
import { ServiceProcess } from '../../support/process';
import { fillWith } from '../../support/records';
import { buildOrder, stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Rows of a report that fill the buffers of both ends of a socket several times over: 20 MB. */
const ROWS = 20_000;
const COMMENT = 'a long comment '.repeat(66);
const PAGE_VIEW = JSON.stringify({ page: 'Dashboard' });

describe('a service that is told to stop', () => {
  const service = useService();
  const manager = useManager(service);
  let running: ServiceProcess;
  let agent: Agent;

  beforeAll(async () => {
    await stockShop(manager);
    await manager.post('/v1/orders', buildOrder('ONCE')).expect(201);
    await fillWith(service, manager, ROWS, { comment: COMMENT });
  }, 360_000);
  afterEach(async () => {
    agent.destroy();
    await running.kill();
  });

  const start = async (settings: Record<string, string> = {}): Promise<void> => {
    const { DATABASE_URL } = service.app.get(Config);
    running = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false', ...settings });
    agent = new Agent({ keepAlive: true });
  };

  const isStopping = () => running.process.line(/stopping/);
  const authorization = () => `Bearer ${manager.token!}`;

  const ask = async (
    path: string,
    agentOf: Agent | false = false,
  ): Promise<{ response: IncomingMessage; body: string }> => {
    const options = { agent: agentOf, headers: { authorization: authorization() } };
    const [response] = (await once(get(running.url + path, options), 'response')) as [IncomingMessage];
    return { response, body: await text(response) };
  };

  /** A connection on which nothing is sent by itself. */
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };

  /** Sends the head of a request, and waits until the service has read it: its body may then be sent at any time. */
  const beginRequest = async (): Promise<Socket> => {
    const socket = await open();
    socket.write(
      `POST /v1/page-views HTTP/1.1\r\nHost: here\r\nAuthorization: ${authorization()}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${PAGE_VIEW.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    expect(String((await once(socket, 'data'))[0])).toContain('100 Continue');
    return socket;
  };

  const EXPORT = `${REPORT}?format=csv&activity=page.accessed`;

  /** An export whose client has read nothing but its beginning. */
  const beginExport = async (): Promise<IncomingMessage> => {
    const options = { agent, headers: { authorization: authorization() } };
    const [response] = (await once(get(running.url + EXPORT, options), 'response')) as [IncomingMessage];
    await once(response, 'readable');
    return response;
  };

  /** Signals, and waits until the process has cut off the one request that it was answering. */
  const isCutOff = async (): Promise<void> => {
    running.process.signal('SIGTERM');
    const { code, lines } = await running.process.exit;
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain('cutting off 1 requests under way');
  };

  it('breaks an export whose client stalls, when the time is over', async () => {
    await start({ SHUTDOWN_SECONDS: '1' });
    const response = await beginExport();
    await isCutOff();
    await expect(text(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
  });

  it('resets the connection of a client of HTTP/1.0, for which every regular end completes the answer', async () => {
    await start({ SHUTDOWN_SECONDS: '1' });
    const socket = await open();
    socket.write(`GET ${EXPORT} HTTP/1.0\r\nAuthorization: ${authorization()}\r\n\r\n`);
    await once(socket, 'data');
    socket.pause();
    await isCutOff();
    // Reading tells Node alone that a paused connection has ended; writing also tells how.
    const failure = once(socket, 'error');
    socket.write('more');
    expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('lets an export that is read end whole', async () => {
    await start({ SHUTDOWN_SECONDS: '600' });
    const response = await beginExport();
    running.process.signal('SIGTERM');
    await running.process.line(/port is closed; 1 requests/);
    expect((await text(response)).split('\r\n')).toHaveLength(ROWS + 2);
    expect(await running.process.exit).toMatchObject({ code: 0 });
  }, 540_000);

  it('answers a request that ends in time, and refuses connections meanwhile', async () => {
    await start({ SHUTDOWN_SECONDS: '600' });
    const socket = await beginRequest();
    running.process.signal('SIGTERM');
    await running.process.line(/port is closed; 1 requests/);
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write(PAGE_VIEW);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 20\d /);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(await running.process.exit).toMatchObject({ code: 0 });
  });

  it('is unready but serves while it drains, and ends at once at a second signal', async () => {
    await start({ DRAIN_SECONDS: '600' });
    const kept = await ask('/health/ready', agent);
    expect([kept.response.statusCode, kept.response.headers.connection]).toEqual([200, 'keep-alive']);
    running.process.signal('SIGTERM');
    await isStopping();
    for (const agentOf of [agent, false] as const) {
      const { response, body } = await ask('/health/ready', agentOf);
      expect(response.statusCode).toBe(503);
      expect(response.headers).toMatchObject({ connection: 'close', 'retry-after': '5' });
      expect(JSON.parse(body)).toMatchObject({ code: 'not_ready' });
    }
    const live = await ask('/health/live');
    expect(live.response.statusCode).toBe(200);
    const me = await ask('/v1/auth/me');
    expect([me.response.statusCode, me.response.headers.connection]).toEqual([200, 'close']);
    // One that comes right after the first is the same, so it is sent until it counts.
    const signals = setInterval(() => {
      running.process.signal('SIGTERM');
    }, 50);
    const { code, lines } = await running.process.exit;
    clearInterval(signals);
    expect(code).toBe(128 + 15);
    expect(lines.join('\n')).not.toContain('Stopped.');
  });

  it('drains for as long as it is told, then stops by itself', async () => {
    await start({ DRAIN_SECONDS: '1' });
    running.process.signal('SIGTERM');
    await isStopping();
    expect((await ask('/v1/auth/me')).response.statusCode).toBe(200);
    const { code, lines } = await running.process.exit;
    expect(code).toBe(0);
    expect(lines.at(-1)).toContain('Stopped.');
  });

  it('waits for no connection on which nothing happens', async () => {
    await start({ SHUTDOWN_SECONDS: '600' });
    const silent = await open();
    await ask('/health/live', agent);
    running.process.signal('SIGINT');
    expect(await running.process.exit).toMatchObject({ code: 0 });
    silent.destroy();
  });

  it('takes a signal that comes twice at once, as from Ctrl+C under npm, for one', async () => {
    await start({ SHUTDOWN_SECONDS: '600' });
    const socket = await beginRequest();
    running.process.signal('SIGINT');
    running.process.signal('SIGINT');
    await isStopping();
    running.process.signal('SIGINT');
    socket.write(PAGE_VIEW);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 20\d /);
    expect(await running.process.exit).toMatchObject({ code: 0 });
  });

  it('abandons a mail whose server does not answer, when the time is over', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { reference } = (await manager.post('/v1/orders', buildOrder('ONCE')).expect(201)).body;
    await manager.post(`/v1/orders/${reference}/invoice/send`, {}).expect(202);
    await start({
      SHUTDOWN_SECONDS: '1',
      SCHEDULE_JOBS: 'true',
      SMTP_URL: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    });
    const [socket] = (await once(silent, 'connection')) as [Socket];
    running.process.signal('SIGTERM');
    expect(await running.process.exit).toMatchObject({ code: 0 });
    socket.destroy();
    silent.close();
    const mails = await service.writeSource.query<{ status: string }[]>('SELECT status FROM outgoing_mails');
    expect(mails).toEqual([{ status: 'waiting' }]);
  });

  // On the embedded database nothing waits for a lock while the process does something else.
  if (onServer) {
    it('leaves nothing of a write that was under way when the time was over', async () => {
      const url = new URL(service.app.get(Config).DATABASE_URL);
      const other: Connection = await createConnection({ uri: url.toString() });
      const count = async (sql: string) => Number((await service.writeSource.query<{ n: string }[]>(sql))[0]!.n);
      const orders = await count('SELECT COUNT(*) AS n FROM orders');
      const records = await count(`SELECT COUNT(*) AS n FROM activities WHERE activity = 'order.placed'`);
      try {
        await other.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
        await other.beginTransaction();
        await other.query('SELECT * FROM counters FOR UPDATE');
        await start({ SHUTDOWN_SECONDS: '1' });
        const headers = { authorization: authorization(), 'content-type': 'application/json' };
        const ordered = fetch(`${running.url}/v1/orders`, {
          method: 'POST',
          headers,
          body: JSON.stringify(buildOrder('ONCE')),
        });
        const failed = expect(ordered).rejects.toThrow('fetch failed');
        await untilLockIsAwaited(other);
        running.process.signal('SIGTERM');
        expect(await running.process.exit).toMatchObject({ code: 0 });
        await failed;
      } finally {
        await other.rollback();
        await other.end();
      }
      expect(await count('SELECT COUNT(*) AS n FROM orders')).toBe(orders);
      expect(await count(`SELECT COUNT(*) AS n FROM activities WHERE activity = 'order.placed'`)).toBe(records);
    });
  }
});

/**
 * Asks the server until a transaction waits for a lock in the connection's own database. InnoDB refreshes what it says of
 * transactions only after 0.1 s without a question, so each question waits on the server first.
 */
async function untilLockIsAwaited(connection: Connection): Promise<void> {
  const waits = `SELECT COUNT(*) AS n FROM information_schema.innodb_trx t JOIN information_schema.processlist p
    ON p.id = t.trx_mysql_thread_id WHERE p.db = DATABASE() AND t.trx_state = 'LOCK WAIT'`;
  for (let attempt = 0; attempt < 100; attempt++) {
    await connection.query('SELECT SLEEP(0.2)');
    const [rows] = await connection.query(waits);
    if ((rows as { n: number }[])[0]!.n > 0) return;
  }
  throw new Error('No transaction waits for a lock.');
}
