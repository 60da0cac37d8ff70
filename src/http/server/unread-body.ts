import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { MIB } from '../../lib/bytes';
import { announcesBody, wasStopped } from './receive-body';

/** Bounds of what is taken in and thrown away behind an early response; the times are those of nginx's lingering_close. */
const MAX_BYTES = 32 * MIB;
const MAX_MILLISECONDS = 30_000;
const MAX_IDLE_MILLISECONDS = 5000;
/** Time to read the answer for a client that had its time to send the body. */
const LAST_MILLISECONDS = 1000;

/**
 * Hook `onSend` of Fastify. A response that is ready before the body has arrived is sent at once, but ends with the body: many
 * clients read nothing before they have written everything, and would see a broken connection instead of the response. A body
 * that exceeds the bounds is cut off then.
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

/** A stream of the payload that ends when something else does. */
function endingWith(end: Promise<void>, payload: string | Buffer): Readable {
  const stream = new Readable({ read: () => undefined });
  stream.push(payload);
  void end.then(() => stream.push(null));
  return stream;
}

/** Throws away what still arrives of a body, up to its end, to a bound, or until the client leaves. */
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
