import { HttpStatus } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { bodyTooLarge } from '../problems/body-too-large';
import { Problem } from '../problems/problem';
import { REQUEST_MALFORMED } from '../problems/problem.filter';

/** The problem of a request that took too long to arrive. */
export const REQUEST_TIMEOUT = new Problem(
  HttpStatus.REQUEST_TIMEOUT,
  'request_timeout',
  'The request took too long to arrive: send it again, faster.',
  [],
  { Connection: 'close' },
);

/** Responses to clients that send the body only after a 100, and have not got one yet. */
const expectant = new WeakMap<IncomingMessage, ServerResponse>();
/** What ends the reading of a body, by the socket that it comes over. */
const readings = new WeakMap<Socket, (problem: Problem) => void>();
/** Requests whose body was not read to its end, because it took too long or was malformed. */
const stopped = new WeakSet<IncomingMessage>();

/** Notes that a client waits for a 100 (Continue), which it gets when its body is read. */
export function postponeContinue(request: IncomingMessage, response: ServerResponse): void {
  expectant.set(request, response);
}

/** Whether a body comes with the request, or after it. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/**
 * Takes in the whole body of a request.
 * @param limit bytes; a larger body is refused as soon as that is known
 * @throws Problem 400 when the client leaves, 408 when `stopReading` says so, 413
 */
export async function receiveBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw bodyTooLarge(limit);
  if (request.destroyed) throw REQUEST_MALFORMED;
  expectant.get(request)?.writeContinue();
  const { socket } = request;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      readings.set(socket, (problem) => {
        stopped.add(request);
        reject(problem);
      });
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= limit) chunks.push(chunk);
        else reject(bodyTooLarge(limit));
      });
      request.on('end', resolve);
      // Without its end before: the client left, so nobody reads why.
      request.on('close', () => {
        reject(REQUEST_MALFORMED);
      });
    });
  } finally {
    readings.delete(socket);
    request.removeAllListeners('data');
  }
  return Buffer.concat(chunks, size);
}

/** Whether the reading of the body was ended by `stopReading`. */
export function wasStopped(request: IncomingMessage): boolean {
  return stopped.has(request);
}

/** Ends the reading of the body that comes in over a socket, if one does: its request is answered with the problem. */
export function stopReading(socket: Socket, problem: Problem): boolean {
  const stop = readings.get(socket);
  stop?.(problem);
  return stop !== undefined;
}
