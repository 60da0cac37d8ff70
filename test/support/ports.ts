import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { json } from 'node:stream/consumers';

/** Makes a server listen on a port of this machine, and returns the port. */
export async function open(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Returns a port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await open(server);
  await close(server);
  return port;
}

/** Sends a GET request over a new connection, and returns the response. */
export async function ask(url: string, path: string): Promise<{ response: IncomingMessage; body: unknown }> {
  const [response] = (await once(get(url + path, { agent: false }), 'response')) as [IncomingMessage];
  return { response, body: await json(response) };
}

/** Returns the URL of a MySQL database behind a port of this machine. */
export function databaseUrl(port: number): string {
  return `mysql://shop:a-secret-word@127.0.0.1:${port}/shop`;
}
