import type { FastifyReply, FastifyRequest } from 'fastify';
import { BY_CURSOR, type NextPageParameters } from './next-page-parameters';

/**
 * Adds the header `Link: …; rel="next"` (RFC 8288) to each page of a list that has a next page. A hook for Fastify's
 * `preSerialization`, which runs after the audit record of the request is committed.
 */
export function addNextLink(
  { url, routeOptions }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const { nextCursor } = payload as { nextCursor?: unknown };
  if (typeof nextCursor === 'string')
    void reply.header('link', `<${nextUrl(url, nextCursor, routeOptions.config.nextPage)}>; rel="next"`);
  done(null, payload);
}

function nextUrl(url: string, nextCursor: string, { cursor, replaced }: NextPageParameters = BY_CURSOR): string {
  // Only the first question mark ends the path: a parameter can contain others.
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  for (const name of replaced) parameters.delete(name);
  parameters.set(cursor, nextCursor);
  return `${path}?${parameters.toString()}`;
}
