import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Opening the port failed. The message is a single line with the reason. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Opens the server's port, and returns its URL. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ListenError(`Port ${port} is in use. Set PORT to another one.`);
    throw new ListenError(`The service can't listen at ${host}:${port}: ${message}.`);
  }
  return urlOf(server.address() as AddressInfo);
}

/** Returns a URL that works on this machine, even if the server listens on all addresses. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (family === 'IPv6') return `http://[${address === '::' ? '::1' : address}]:${port}`;
  return `http://${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}`;
}
