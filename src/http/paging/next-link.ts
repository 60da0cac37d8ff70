import type { FastifyReply, FastifyRequest } from 'fastify';
import { BY_CURSOR, type NextPageParameters } from './next-page-parameters';

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
  if (typeof nextCursor === 'string') void reply.header('link', `<${nextUrl(request, nextCursor)}>; rel="next"`);
  done(null, payload);
}

function nextUrl({ url, query, routeOptions }: FastifyRequest, nextCursor: string): string {
  const { cursor, replaced }: NextPageParameters = routeOptions.config.nextPage ?? BY_CURSOR;
  const [path = ''] = url.split('?', 1);
  const parameters = new URLSearchParams();
  // The values as this page has read them: a second parser could read a text with an incomplete `%` differently.
  for (const [name, value] of Object.entries(query as Readonly<Record<string, string | readonly string[]>>)) {
    if (name !== cursor && !replaced.includes(name)) for (const one of [value].flat()) parameters.append(name, one);
  }
  parameters.append(cursor, nextCursor);
  return `${path}?${parameters.toString()}`;
}
