import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { MIB } from '../../lib/bytes';
import { announcesBody, wasStopped } from './receive-body';

/** Bounds of a body that is discarded after an early response. The times are those of nginx's lingering_close. */
const MAX_BYTES = 32 * MIB;
const MAX_MILLISECONDS = 30_000;
const MAX_IDLE_MILLISECONDS = 5000;
/** Milliseconds in which a client can read the response if it has already used up its time to send the body. */
const LAST_MILLISECONDS = 1000;

/**
 * Sends a response that is ready before the body has arrived at once, but does not end it before the body has ended: many
 * clients read nothing until they have written the whole body, and would see a broken connection instead of the
 * response. Cuts off a body that exceeds the bounds. A hook for Fastify's `onSend`.
 */
export function endWithBody<Payload>(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  done: (error: null, payload: Payload | Readable) => void,
): void {
  if (raw.complete || raw.destroyed || !announcesBody(raw)) {
    done(null, payload);
    return;
  }
  const discarded = discard(raw, wasStopped(raw) ? LAST_MILLISECONDS : MAX_MILLISECONDS).then(() => {
    if (!raw.complete) reply.raw.once('finish', () => raw.socket.destroy());
  });
  if (payload instanceof Readable) {
    done(null, payload);
  } else if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
    void reply.header('content-length', Buffer.byteLength(payload));
    done(null, endingWith(discarded, payload));
  } else {
    void discarded.then(() => {
      done(null, payload);
    });
  }
}

/** Returns a stream with the payload that ends when a promise resolves. */
function endingWith(end: Promise<void>, payload: string | Buffer): Readable {
  const stream = new Readable({ read: () => undefined });
  stream.push(payload);
  void end.then(() => stream.push(null));
  return stream;
}

/** Discards the rest of a body until its end, until a bound is reached, or until the client disconnects. */
function discard(request: IncomingMessage, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    const stop = (): void => {
      clearTimeout(whole);
      clearTimeout(idle);
      request.off('data', count).pause();
      resolve();
    };
    const whole = setTimeout(stop, milliseconds);
    const idle = setTimeout(stop, MAX_IDLE_MILLISECONDS);
    const count = (chunk: Buffer): void => {
      idle.refresh();
      bytes += chunk.length;
      if (bytes > MAX_BYTES) stop();
    };
    request.on('data', count).once('end', stop).once('close', stop);
  });
}
