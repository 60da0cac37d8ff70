import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { HttpStatus } from '@nestjs/common';
import type { Config } from '../../config/config';
import { IdSource } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { responsesWith } from './constant-headers';
import { closeQueuedResponses } from './queued-responses';
import { postponeContinue } from './receive-body';
import { securityHeaders } from './security-headers';
import { sendProblem } from './send-problem';

/** The settings that bound the connections and the time for a request. */
type ConnectionBounds = Pick<Config, 'REQUEST_SECONDS' | 'HEADERS_SECONDS' | 'KEEP_ALIVE_SECONDS' | 'MAX_CONNECTIONS'>;

const TOO_MANY_CONNECTIONS = new Problem(
  HttpStatus.SERVICE_UNAVAILABLE,
  'too_many_connections',
  'The service has reached its maximum number of connections. Close some, or try again later.',
  [],
  { 'Retry-After': '5' },
);
/**
 * Maximum connections that are refused with a response at the same time. Node closes any further ones without a
 * response.
 */
const MAX_REFUSALS = 100;
/** Milliseconds between checks for requests that take too long to arrive. */
const CHECK_MILLISECONDS = 500;

/**
 * Creates the HTTP server. All responses have the security headers, and forbid caching unless they set `Cache-Control`
 * themselves. The time for a response has no bound, so that exports and long polling are not cut off.
 */
export function createBoundedServer(listener: RequestListener, bounds: ConnectionBounds): Server {
  const server = createServer(
    {
      requestTimeout: bounds.REQUEST_SECONDS * 1000,
      headersTimeout: bounds.HEADERS_SECONDS * 1000,
      keepAliveTimeout: bounds.KEEP_ALIVE_SECONDS * 1000,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
      // Node would refuse a request without `Host` with an empty 400; the `onRequest` hook refuses it with a problem.
      requireHostHeader: false,
      ServerResponse: responsesWith({ ...securityHeaders(), 'cache-control': 'no-store' }),
    },
    listener,
  );
  boundConnections(server, bounds.MAX_CONNECTIONS);
  closeQueuedResponses(server);
  server.on('checkContinue', (request, response) => {
    postponeContinue(request, response);
    server.emit('request', request, response);
  });
  // Node would refuse an unknown expectation with an empty 417; the `onRequest` hook refuses it with a problem.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
}

/** Refuses connections beyond the maximum with a 503, before it reads from them. */
function boundConnections(server: Server, max: number): void {
  const [serve] = server.listeners('connection') as [(this: Server, socket: Socket) => void];
  const ids = new IdSource();
  let open = 0;
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (open >= max) {
      sendProblem(socket, TOO_MANY_CONNECTIONS, ids.next(new Date()));
      return;
    }
    open++;
    socket.once('close', () => open--);
    serve.call(server, socket);
  });
  server.maxConnections = max + MAX_REFUSALS;
}
