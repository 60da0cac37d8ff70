import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { IdSource } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { problemDetails } from '../problems/problem.filter';
import { encodedPath } from '../problems/request-path';

const NOT_READY = Problem.unavailable('not_ready', 'The service is starting; try again later.');

/**
 * Responds to requests until the service is ready: 200 to `GET /health/live`, and 503 to all others.
 * @returns a function that passes all further requests to the service
 */
export function answerWhileStarting(server: Server): () => void {
  const serviceListeners = server.listeners('request') as RequestListener[];
  const ids = new IdSource();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split('?')[0] ?? '';
    const requestId = ids.next(new Date());
    response.setHeader('X-Request-Id', requestId);
    if (isRead(request) && path === '/health/live') send(response, 200, 'application/json', { status: 'ok' });
    else refuse(response, path, requestId);
  };
  server.removeAllListeners('request').on('request', answer);
  return () => {
    server.off('request', answer);
    for (const listener of serviceListeners) server.on('request', listener);
  };
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function refuse(response: ServerResponse, path: string, requestId: string): void {
  const { status, headers } = NOT_READY;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  send(response, status, 'application/problem+json', problemDetails(NOT_READY, encodedPath(path), requestId));
}

function send(response: ServerResponse, status: number, type: string, body: object): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
}
