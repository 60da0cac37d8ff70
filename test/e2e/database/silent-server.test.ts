import { once } from 'node:events';
import { createServer } from 'mysql2';
import type { AddressInfo, Server, Socket } from 'node:net';
import { isUnavailable } from '../../../src/database/dialect';
import { readConnection, type ReadConnection } from '../../../src/database/sources/read-connection';

/** Everything except TLS and compression. */
const CAPABILITIES = 0xffffff & ~0x800 & ~0x20;
const QUERY = { sql: 'SELECT 1', values: [] };

/** A server that answers every query with OK, until it falls silent. No database is needed to be silent. */
describe('a connection for reading to a server that falls silent', () => {
  let server: Server;
  let isSilent: boolean;
  let opened: number;
  let connection: ReadConnection;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    isSilent = false;
    opened = 0;
    // The fake server warns of the numbers of packets, which it does not reset after each query.
    jest.spyOn(console, 'error').mockImplementation();
    const fake = createServer((client) => {
      opened++;
      client.on('error', () => undefined);
      client.on('query', () => {
        if (!isSilent) client.writeOk();
      });
      const version = { protocolVersion: 10, serverVersion: '8.4.0', statusFlags: 2, characterSet: 45 };
      client.serverHandshake({ ...version, connectionId: opened, capabilityFlags: CAPABILITIES });
    }) as unknown as { _server: Server };
    server = fake._server;
    server.on('connection', (socket: Socket) => sockets.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    connection = readConnection({
      kind: 'mysql',
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      user: 'reader',
      password: '',
      database: 'activity',
      timezone: 'Z',
      charset: 'utf8mb4',
      connectTimeout: 10_000,
      answerTimeout: 200,
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  const failureOf = (query: Promise<unknown>) =>
    query.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('gives up the queries that wait, and opens another connection for the next one', async () => {
    await connection.read(QUERY);
    isSilent = true;
    const failures = await Promise.all([1, 2].map(() => failureOf(connection.read(QUERY))));
    expect(failures.map(isUnavailable)).toEqual([true, true]);
    const before = opened;
    isSilent = false;
    await connection.read(QUERY);
    expect(opened).toBe(before + 1);
  });

  it('repeats a query on another connection, if only the one that was open before is silent', async () => {
    await connection.read(QUERY);
    isSilent = true;
    const query = connection.read(QUERY);
    server.once('connection', () => (isSilent = false));
    await query;
    expect(opened).toBe(2);
  });
});
