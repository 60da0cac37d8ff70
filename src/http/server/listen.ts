import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The port can't be opened. The message is one line that says why. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Opens the server's port, and returns its URL. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'another process listens there' : (error as Error).message;
    throw new ListenError(`The service can't listen at ${host}:${port}: ${why}.`);
  }
  return urlOf(server.address() as AddressInfo);
}

/** A URL that works on this machine, also where the server listens at all of its addresses. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (family === 'IPv6') return `http://[${address === '::' ? '::1' : address}]:${port}`;
  return `http://${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}`;
}
