import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../problems/problem';
import { problemDetails } from '../problems/problem.filter';

/** Milliseconds in which the client can read the response and close the connection, before the service destroys it. */
const LINGER_MILLISECONDS = 1000;

/** Sends a problem over a socket without a request, because none could be parsed, and closes the connection. */
export function sendProblem(socket: Socket, problem: Problem, requestId: string): void {
  const { status, headers } = problem;
  const body = JSON.stringify(problemDetails(problem, '', requestId));
  const lines = Object.entries({
    ...headers,
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  // If bytes were left unread, the connection would end with a reset, which can discard the response.
  socket.resume();
  const timeout = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS);
  socket.once('close', () => {
    clearTimeout(timeout);
  });
}
