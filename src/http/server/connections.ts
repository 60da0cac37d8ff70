import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { HttpStatus } from '@nestjs/common';
import type { Config } from '../../config/config';
import { IdSource } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { answerBare } from './bare-answer';
import { postponeContinue } from './receive-body';

/** The settings that bound what clients can make the server keep for them. */
type ConnectionBounds = Pick<Config, 'REQUEST_SECONDS' | 'HEADERS_SECONDS' | 'KEEP_ALIVE_SECONDS' | 'MAX_CONNECTIONS'>;

const TOO_MANY_CONNECTIONS = new Problem(
  HttpStatus.SERVICE_UNAVAILABLE,
  'too_many_connections',
  'The service has as many connections as it takes: close some, or try again later.',
  [],
  { 'Retry-After': '5' },
);
/** Connections that are being refused at a time; beyond it they are closed without a word. */
const MAX_REFUSALS = 100;
/** How often the times of requests are looked at. */
const CHECK_MILLISECONDS = 500;

/** Makes the HTTP server. No bound is on how long an answer takes: neither an export nor a held answer is cut. */
export function createBoundedServer(listener: RequestListener, bounds: ConnectionBounds): Server {
  const server = createServer(
    {
      requestTimeout: bounds.REQUEST_SECONDS * 1000,
      headersTimeout: bounds.HEADERS_SECONDS * 1000,
      keepAliveTimeout: bounds.KEEP_ALIVE_SECONDS * 1000,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
      // Node would refuse it with an empty 400; the `onRequest` hook refuses it with a problem.
      requireHostHeader: false,
    },
    listener,
  );
  boundConnections(server, bounds.MAX_CONNECTIONS);
  server.on('checkContinue', (request, response) => {
    postponeContinue(request, response);
    server.emit('request', request, response);
  });
  // Node would refuse it with an empty 417; the `onRequest` hook refuses it with a problem.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
}

/** Refuses connections beyond the bound with a 503, before anything is read from them. */
function boundConnections(server: Server, max: number): void {
  const [serve] = server.listeners('connection') as [(this: Server, socket: Socket) => void];
  const ids = new IdSource();
  let open = 0;
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (open >= max) {
      answerBare(socket, TOO_MANY_CONNECTIONS, ids.next(new Date()));
      return;
    }
    open++;
    socket.once('close', () => open--);
    serve.call(server, socket);
  });
  server.maxConnections = max + MAX_REFUSALS;
}
