import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { HttpStatus } from '@nestjs/common';
import { sha256 } from '../../lib/sha256';

/**
 * Lets clients keep a document and ask whether it has changed: sends its `ETag`, and 304 without a body to a client that
 * already has it. A hook for Fastify's `onSend`.
 */
export const sendIfChanged: onSendHookHandler = (request, reply, payload, done) => {
  if (reply.statusCode !== 200 || typeof payload !== 'string') {
    done(null, payload);
    return;
  }
  const tag = `"${sha256(payload)}"`;
  void reply.header('etag', tag).header('cache-control', 'no-cache');
  done(null, hasCopy(request, tag) ? notModified(reply) : payload);
};

/** Returns whether the client already has what the tag stands for. */
function hasCopy({ headers }: FastifyRequest, tag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}

function notModified(reply: FastifyReply): null {
  void reply.status(HttpStatus.NOT_MODIFIED).removeHeader('content-type').removeHeader('content-length');
  return null;
}
