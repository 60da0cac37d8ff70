import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Adds the header `Link: …; rel="next"` (RFC 8288) to each page of a list that has a next page. A hook for Fastify's
 * `preSerialization`, which runs after the audit record of the request is committed.
 */
export function addNextLink(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const { nextCursor } = payload as { nextCursor?: unknown };
  if (typeof nextCursor === 'string') void reply.header('link', `<${withCursor(request.url, nextCursor)}>; rel="next"`);
  done(null, payload);
}

function withCursor(address: string, cursor: string): string {
  const [path = '', query = ''] = address.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
