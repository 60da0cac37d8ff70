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
  'The request did not arrive in time. Send it again over a faster connection.',
  [],
  { Connection: 'close' },
);

/** Responses to requests whose clients wait for a 100 (Continue) before they send the body. */
const awaitingContinue = new WeakMap<IncomingMessage, ServerResponse>();
/** Functions that stop reading a body, by its socket. */
const readings = new WeakMap<Socket, (problem: Problem) => void>();
/** Requests whose body `stopReading` has stopped, because it took too long or was malformed. */
const stopped = new WeakSet<IncomingMessage>();

/** Postpones the 100 (Continue) that a client waits for until `receiveBody` reads its body. */
export function postponeContinue(request: IncomingMessage, response: ServerResponse): void {
  awaitingContinue.set(request, response);
}

/** Returns whether the headers of a request announce a body. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/**
 * Reads the whole body of a request.
 * @param limit maximum bytes; a larger body is refused as soon as its size is known
 * @throws Problem 400 if the client disconnects, 413 if the body is too large, or the problem that `stopReading` gets
 */
export async function receiveBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw bodyTooLarge(limit);
  if (request.destroyed) throw REQUEST_MALFORMED;
  awaitingContinue.get(request)?.writeContinue();
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
      // If `end` has not come first, the client has disconnected and will not read the response.
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

/** Returns whether `stopReading` has stopped the body of a request. */
export function wasStopped(request: IncomingMessage): boolean {
  return stopped.has(request);
}

/**
 * Stops reading the body that arrives over a socket, and responds to its request with a problem. Returns false if no
 * body is being read.
 */
export function stopReading(socket: Socket, problem: Problem): boolean {
  const stop = readings.get(socket);
  stop?.(problem);
  return stop !== undefined;
}
