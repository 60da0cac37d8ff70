import { RawConnection, type RawAnswer } from '../../support/raw-connection';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const MB = 1_000_000;
const CHUNK = 'x'.repeat(250_000);

describe('a client that reads nothing before it has sent everything', () => {
  const service = useService();
  const manager = useManager(service);
  const reader = useUser(service, manager, 'reader@one.example', 'Rita Reader', ['users_activity']);

  /** Sends the whole body, and only then looks for the answer. */
  async function send(path: string, bytes: number, headers: Record<string, string>): Promise<RawAnswer> {
    const connection = await RawConnection.open(service);
    const { socket } = connection;
    socket.pause();
    const isChunked = headers['transfer-encoding'] === 'chunked';
    connection.begin(`POST ${path}`, { ...headers, ...(!isChunked && { 'content-length': bytes }) });
    for (let sent = 0; sent < bytes; sent += CHUNK.length) {
      const part = isChunked ? `${CHUNK.length.toString(16)}\r\n${CHUNK}\r\n` : CHUNK;
      await connection.sendAll(part);
    }
    if (isChunked) socket.write('0\r\n\r\n');
    socket.resume();
    const answer = await connection.answer();
    socket.destroy();
    return answer;
  }

  const CHUNKED = { 'transfer-encoding': 'chunked' };
  const LAST = { connection: 'close' };
  it.each([
    ['5 MB', 5 * MB, {}],
    ['11 MB', 11 * MB, {}],
    ['30 MB', 30 * MB, {}],
    ['5 MB as its last request', 5 * MB, LAST],
    ['11 MB as its last request', 11 * MB, LAST],
    ['30 MB as its last request', 30 * MB, LAST],
    ['30 MB in chunks', 30 * MB, CHUNKED],
    ['30 MB in chunks as its last request', 30 * MB, { ...CHUNKED, ...LAST }],
  ])('gets to read why %s are refused', async (_, bytes, more) => {
    const json = { 'content-type': 'application/json', ...more } as Record<string, string>;
    const authorized = { ...json, authorization: `Bearer ${manager.token!}` };
    const answers = [
      await send('/v1/roles', bytes, authorized),
      await send('/v1/auth/login', bytes, json),
      await send('/v1/roles', bytes, json),
      await send('/v1/activities', bytes, { ...json, authorization: `Bearer ${reader.token!}` }),
      await send('/v1/roles', bytes, { ...authorized, 'content-type': 'text/plain' }),
      await send('/v1/roles', bytes, { ...authorized, 'content-encoding': 'gzip' }),
      await send('/v1/nothing', bytes, json),
      await send('/v1/users/%ZZ', bytes, json),
    ];
    expect(answers.map(({ status, body }) => `${status} ${(JSON.parse(body) as { code: string }).code}`)).toEqual([
      '413 body_too_large',
      '413 body_too_large',
      '401 token_missing',
      '403 privilege_missing',
      '415 media_type_unsupported',
      '415 content_encoding_unsupported',
      '404 route_not_found',
      '400 request_malformed',
    ]);
  });

  it('may go on with the same connection', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('POST /v1/roles', { 'content-type': 'application/json', 'content-length': 4 * CHUNK.length });
    for (let sent = 0; sent < 4; sent++) connection.send(CHUNK);
    connection.begin('GET /health/live');
    expect(await connection.answer()).toMatchObject({ status: 401 });
    expect(await connection.answer()).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    connection.socket.destroy();
  });

  it('is cut off when it sends without end', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('POST /v1/roles', { 'content-type': 'application/json', ...CHUNKED });
    let sent = 0;
    for (; !connection.socket.destroyed && sent < 500 * MB; sent += CHUNK.length) {
      await connection.sendAll(`${CHUNK.length.toString(16)}\r\n${CHUNK}\r\n`);
    }
    await connection.closed;
    expect(sent).toBeLessThan(100 * MB);
    expect(await connection.answer()).toMatchObject({ status: 401 });
  });
});
