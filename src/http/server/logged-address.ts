import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { redactText } from '../../lib/secrets/redact';
import { decodedPath } from '../problems/request-path';

/** The URL of a request in a log line: its route and path parameters, or its path if there is no route. */
type LoggedAddress =
  { readonly route: string; readonly params?: Readonly<Record<string, string>> } | { readonly path: string };

const requests = new WeakMap<IncomingMessage, FastifyRequest>();

/** Remembers Fastify's request for the log line, whose writer knows only Node's request. */
export function rememberRoute(request: FastifyRequest): void {
  requests.set(request.raw, request);
}

/** Returns the URL of a request without its query and without secrets. */
export function loggedAddress(raw: IncomingMessage): LoggedAddress {
  const request = requests.get(raw);
  const route = request?.routeOptions.url;
  if (!request || route === undefined) return { path: decodedPath(raw.url ?? '') };
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  if (params.length === 0) return { route };
  return { route, params: Object.fromEntries(params.map(([name, value]) => [name, redactText(value)])) };
}
