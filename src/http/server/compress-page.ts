import type { FastifyReply, FastifyRequest } from 'fastify';
import { constants, gzip } from 'node:zlib';
import { acceptsGzip } from './accepts-gzip';
import { varyBy } from './vary-by';

/** Bytes below which a page is sent as it is: compressing it would save no packet. */
const SMALLEST = 1024;

const pages = new WeakSet<FastifyReply>();

/**
 * Marks a response as a page of a list. Only pages are compressed: other responses can contain a token, whose length and
 * content compression could reveal beside a text that somebody else has chosen.
 */
export function markAsPage(reply: FastifyReply): void {
  pages.add(reply);
}

/** Compresses a page if the client accepts gzip. A hook for Fastify's `onSend`. */
export function compressPage<Payload>(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  done: (error: Error | null, payload?: Payload | Buffer) => void,
): void {
  if (typeof payload !== 'string' || !pages.has(reply)) {
    done(null, payload);
    return;
  }
  varyBy(reply, 'Accept-Encoding');
  if (payload.length < SMALLEST || !acceptsGzip(raw)) {
    done(null, payload);
    return;
  }
  gzip(payload, { level: constants.Z_BEST_SPEED }, (error, compressed) => {
    if (error) {
      done(error);
      return;
    }
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    done(null, compressed);
  });
}
