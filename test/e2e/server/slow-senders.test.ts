import { Controller, Get, Module, StreamableFile } from '@nestjs/common';
import { PassThrough } from 'node:stream';
import { Public } from '../../../src/access/guard/access-rule.decorator';
import { RawConnection, type RawAnswer } from '../../support/raw-connection';
import { Service } from '../../support/service';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** An answer that takes as long as the test likes. */
let held = new PassThrough();

@Controller('held')
@Public()
class HeldController {
  @Get()
  read(): StreamableFile {
    return new StreamableFile(held, { length: 10 });
  }
}
@Module({ controllers: [HeldController] })
class HeldModule {}

const SHORT = { REQUEST_SECONDS: '1', HEADERS_SECONDS: '1', KEEP_ALIVE_SECONDS: '1' };
const JSON_TYPE = { 'content-type': 'application/json' };

const codeOf = ({ status, body }: RawAnswer) => [status, (JSON.parse(body) as { code: string }).code];

describe('a client that is slow', () => {
  const service = useService(SHORT, { imports: [HeldModule] });
  const manager = useManager(service);
  const reader = useUser(service, manager, 'reader@one.example', 'Rita Reader', ['users_activity']);

  it.each([
    ['says nothing', ''],
    ['begins a request', 'POST /v1/auth/login HTTP/1.1\r\n'],
    ['sends headers without end', 'POST /v1/auth/login HTTP/1.1\r\nhost: a\r\nx-slow: 1\r\n'],
    [
      'sends a part of the body',
      'POST /v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{"em',
    ],
    [
      'sends a chunk of the body',
      'POST /v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{"e\r\n',
    ],
  ])('and %s gets a 408, and the connection is closed', async (_, text) => {
    const connection = (await RawConnection.open(service)).send(text);
    const answer = await connection.answer();
    expect(codeOf(answer)).toEqual([408, 'request_timeout']);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/) as string,
      connection: 'close',
    });
    await connection.closed;
  });

  it('byte by byte gets a 408 all the same', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('POST /v1/auth/login', { ...JSON_TYPE, 'content-length': 10_000 });
    const drip = setInterval(() => connection.send('x'), 50);
    expect(codeOf(await connection.answer())).toEqual([408, 'request_timeout']);
    await connection.closed;
    clearInterval(drip);
  });

  it('with a body that nobody reads is cut off, behind its answer', async () => {
    const connection = await RawConnection.open(service);
    connection.begin('POST /v1/roles', { ...JSON_TYPE, 'content-length': 1_000_000 });
    expect(codeOf(await connection.answer())).toEqual([401, 'token_missing']);
    await connection.closed;
  });

  it('and may not do what it asks is denied, and that is recorded', async () => {
    const connection = await RawConnection.open(service);
    const authorization = `Bearer ${reader.token!}`;
    connection.begin('POST /v1/roles', { authorization, ...JSON_TYPE, 'content-length': 20 });
    expect(codeOf(await connection.answer())).toEqual([403, 'privilege_missing']);
    await connection.closed;
    expect(await manager.report({ outcome: 'denied', activity: 'role.created' })).toHaveLength(1);
  });

  it('between two requests is disconnected', async () => {
    const connection = await RawConnection.open(service);
    expect(await connection.begin('GET /health/live').answer()).toMatchObject({ status: 200 });
    await connection.closed;
  });

  it('waits for its answer as long as it takes, whatever the bounds for requests are', async () => {
    held = new PassThrough();
    held.write('first');
    const waiting = (await RawConnection.open(service)).begin('GET /v1/held');
    // Each of these lasts longer than every bound.
    for (const text of ['GET /', 'GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n', 'GET /']) {
      await (await RawConnection.open(service)).send(text).closed;
    }
    expect(waiting.socket.destroyed).toBe(false);
    held.end('later');
    expect(await waiting.answer()).toMatchObject({ status: 200, body: 'firstlater' });
    waiting.socket.destroy();
  });
});

describe('more connections than there may be', () => {
  it('are refused with a 503, until others are closed', async () => {
    const service = await Service.start({ MAX_CONNECTIONS: '3' });
    const open = await Promise.all([1, 2, 3].map(() => RawConnection.open(service)));
    const refused = await RawConnection.open(service);
    const answer = await refused.begin('GET /health/live').answer();
    expect(codeOf(answer)).toEqual([503, 'too_many_connections']);
    expect(answer.headers['retry-after']).toBe('5');
    await refused.closed;

    for (const connection of open) {
      expect(await connection.begin('GET /health/live').answer()).toMatchObject({ status: 200 });
    }
    const closing = open[0]!.begin('GET /health/live', { connection: 'close' });
    expect(await closing.answer()).toMatchObject({ status: 200 });
    await closing.closed;
    const next = await RawConnection.open(service);
    expect(await next.begin('GET /health/live').answer()).toMatchObject({ status: 200 });
    for (const { socket } of [...open, next]) socket.destroy();
    await service.stop();
  });

  it('are closed without a word where even the refusals become too many', async () => {
    const service = await Service.start({ MAX_CONNECTIONS: '1' });
    const connections = await Promise.all(Array.from({ length: 300 }, () => RawConnection.open(service)));
    const [first, ...others] = connections;
    await Promise.all(others.map(({ closed }) => closed));
    expect(await first!.begin('GET /health/live').answer()).toMatchObject({ status: 200 });
    first!.socket.destroy();
    await service.stop();
  });
});
