import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../problems/problem';
import { problemDetails } from '../problems/problem.filter';

/** Time for the client to read the answer and to close its end, before the connection is cut. */
const LINGER_MILLISECONDS = 1000;

/** Answers with a problem over a socket that has no request, because none could be read, and closes it. */
export function answerBare(socket: Socket, problem: Problem, requestId: string): void {
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
  // Bytes that are left unread would make the connection end with a reset, which may take the answer with it.
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS);
  socket.once('close', () => {
    clearTimeout(cut);
  });
}
