import accepts from 'accepts';
import type { IncomingMessage } from 'node:http';

/** Returns whether the client prefers a response that is compressed with gzip. */
export function acceptsGzip(request: IncomingMessage): boolean {
  return request.headers['accept-encoding'] !== undefined && accepts(request).encoding(['gzip', 'identity']) === 'gzip';
}
