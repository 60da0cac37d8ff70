import { connect, createServer, type Server, type Socket } from 'node:net';
import { runMigrations } from '../../../src/commands/migrate';
import { loadConfig } from '../../../src/config/config';
import { freshDatabase, onServer, type TestDatabase } from '../../support/database';
import { ask, close, closedPort, databaseUrl, open } from '../../support/ports';
import { BuiltProcess } from '../../support/process';

describe('a service that starts while its database is away', () => {
  let starting: BuiltProcess;
  let url: string;
  beforeAll(async () => {
    const settings = { DATABASE_URL: databaseUrl(await closedPort()), DATABASE_WAIT_SECONDS: '600' };
    starting = BuiltProcess.start(['main.js'], settings);
    url = (await starting.line(/Starting at (http:[^"]+)/))[1]!;
    await starting.line(/"attempt":2/);
  });
  afterAll(() => starting.kill());

  it('says that it is alive', async () => {
    const { response, body } = await ask(url, '/health/live?from=probe');
    expect([response.statusCode, body]).toEqual([200, { status: 'ok' }]);
  });

  it('says so to HEAD too', async () => {
    const statuses = ['/health/live', '/health/ready'].map(async (path) => {
      const response = await fetch(url + path, { method: 'HEAD' });
      return [response.status, await response.text()];
    });
    expect(await Promise.all(statuses)).toEqual([
      [200, ''],
      [503, ''],
    ]);
  });

  it.each([
    '/health/ready',
    '/v1/reports/users-activity?limit=5',
    '/metrics',
    '/docs',
    '/openapi.json',
    '/nothing',
    '/',
  ])('answers %s with a 503 as a problem', async (path) => {
    const { response, body } = await ask(url, path);
    expect(response.statusCode).toBe(503);
    expect(response.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '5',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(body).toEqual({
      type: 'urn:problem:not_ready',
      title: 'Service Unavailable',
      status: 503,
      code: 'not_ready',
      detail: expect.any(String),
      instance: path.split('?')[0],
      requestId: response.headers['x-request-id'],
    });
  });

  it('answers a request with a body too, and the next one on the same connection', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const request = 'POST /v1/activities HTTP/1.1\r\nHost: here\r\nContent-Length: 300000\r\n\r\n';
    socket.write(request + ' '.repeat(300_000));
    socket.write('GET /health/live HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    let answers = '';
    for await (const chunk of socket) answers += String(chunk);
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 200']);
  });

  it('ends at the first signal, as nothing is under way', async () => {
    starting.signal('SIGTERM');
    expect(await starting.exit).toMatchObject({ code: 0, stderr: '' });
  });
});

// The embedded database is there or it is not; only a server can come later.
if (onServer) {
  describe('a database that comes while the service waits', () => {
    let database: TestDatabase;
    let starting: BuiltProcess;
    let proxy: Server | undefined;
    const sockets = new Set<Socket>();
    beforeAll(async () => {
      database = await freshDatabase();
      await runMigrations(loadConfig({ DATABASE_URL: database.url }));
    });
    afterAll(async () => {
      await starting.kill();
      for (const socket of sockets) socket.destroy();
      if (proxy) await close(proxy);
      await database.drop();
    });

    /** Lets connections to the port through to the database. */
    async function connectDatabase(port: number): Promise<void> {
      const target = new URL(database.url);
      proxy = createServer((from) => {
        const to = connect(Number(target.port || 3306), target.hostname);
        for (const [one, other] of [
          [from, to],
          [to, from],
        ] as const) {
          sockets.add(one);
          one.pipe(other);
          one.on('error', () => other.destroy()).on('close', () => other.destroy());
        }
      });
      await open(proxy, port);
    }

    it('is served from then on, at the same address, which never refused a connection', async () => {
      const port = await closedPort();
      const there = new URL(database.url);
      there.hostname = '127.0.0.1';
      there.port = String(port);
      starting = BuiltProcess.start(['main.js'], { DATABASE_URL: there.toString() });
      const url = (await starting.line(/Starting at (http:[^"]+)/))[1]!;
      await starting.line(/"attempt":1/);
      const statuses = new Set<number>();
      let hasCome = false;
      const asking = async () => {
        // A refused connection fails the test.
        for (;;) {
          const { response } = await ask(url, '/health/ready');
          statuses.add(response.statusCode!);
          if (response.statusCode === 200 || !hasCome) return response.statusCode;
        }
      };
      expect(await asking()).toBe(503);
      hasCome = true;
      await connectDatabase(port);
      expect(await Promise.all(Array.from({ length: 4 }, asking))).toEqual([200, 200, 200, 200]);
      expect(statuses).toEqual(new Set([503, 200]));
      expect((await starting.line(/Listening at (http:[^"]+)/))[1]).toBe(url);
      expect((await ask(url, '/openapi.json')).response.statusCode).toBe(200);
      expect((await ask(url, '/v1/auth/me')).response.statusCode).toBe(401);
    });
  });
}
