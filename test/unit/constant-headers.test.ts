import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { responsesWith } from '../../src/http/server/constant-headers';

const CONSTANT = { 'cache-control': 'no-store', 'x-frame-options': 'DENY' };

/** Returns the headers of the response that a listener sends, without those of Node. */
async function headersOf(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer({ ServerResponse: responsesWith(CONSTANT) }, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(await response.text()).toBe('body');
  server.closeAllConnections();
  server.close();
  const ofNode = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];
  return Object.fromEntries([...response.headers].filter(([name]) => !ofNode.includes(name)));
}

describe('responses with constant headers', () => {
  it.each<[string, RequestListener, Record<string, string>]>([
    ['a response without headers', (_, response) => response.end('body'), CONSTANT],
    [
      'a response with other headers',
      (_, response) => response.writeHead(200, { etag: 'a' }).end('body'),
      { ...CONSTANT, etag: 'a' },
    ],
    [
      'a response that replaces one',
      (_, response) => response.writeHead(200, { 'cache-control': 'no-cache' }).end('body'),
      { ...CONSTANT, 'cache-control': 'no-cache' },
    ],
    [
      'a response that replaces one before it writes its status',
      (_, response) => response.setHeader('Cache-Control', 'no-cache').writeHead(200, { etag: 'a' }).end('body'),
      { ...CONSTANT, 'cache-control': 'no-cache', etag: 'a' },
    ],
    [
      'a response that replaces all',
      (_, response) =>
        response.writeHead(200, { 'cache-control': 'no-cache', 'x-frame-options': 'SAMEORIGIN' }).end('body'),
      { 'cache-control': 'no-cache', 'x-frame-options': 'SAMEORIGIN' },
    ],
  ])('%s', async (_, listener, expected) => {
    expect(await headersOf(listener)).toEqual(expected);
  });
});
