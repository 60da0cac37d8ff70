import { HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { constants, gzip } from 'node:zlib';
import { acceptsGzip } from './accepts-gzip';
import { varyBy } from './vary-by';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route returns pages of a list. */
    readonly isPaged?: boolean;
  }
}

/** Characters below which a page is sent as it is: compressing it would save no packet. */
const SMALLEST = 1024;

/**
 * Compresses a page of a list if the client accepts gzip. Only pages are compressed: other responses can contain a token,
 * whose length and content compression could reveal beside a text that somebody else has chosen. A hook for Fastify's
 * `onSend`, for HEAD too.
 */
export function compressPage<Payload>(
  { raw, routeOptions }: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  done: (error: Error | null, payload?: Payload | Buffer) => void,
): void {
  if (routeOptions.config.isPaged !== true || reply.statusCode !== HttpStatus.OK) {
    done(null, payload);
    return;
  }
  varyBy(reply, 'Accept-Encoding');
  // The service compresses a CSV itself, and sends it as a stream.
  if (typeof payload !== 'string' || payload.length < SMALLEST || !acceptsGzip(raw)) {
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
