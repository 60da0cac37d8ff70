import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { redactText } from '../../lib/secrets/redact';
import { decodedPath } from '../problems/request-path';

/** What a line of the log says about the address of a request: its route and the parameters in the path, or the path itself. */
type LoggedAddress =
  { readonly route: string; readonly params?: Readonly<Record<string, string>> } | { readonly path: string };

const requests = new WeakMap<IncomingMessage, FastifyRequest>();

/** Keeps the request for the line of the log, which is written where only Node's own request is known. */
export function rememberRoute(request: FastifyRequest): void {
  requests.set(request.raw, request);
}

/** The address of a request without its query and without secrets. An address that belongs to no route is its path. */
export function loggedAddress(raw: IncomingMessage): LoggedAddress {
  const request = requests.get(raw);
  const route = request?.routeOptions.url;
  if (!request || route === undefined) return { path: decodedPath(raw.url ?? '') };
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  if (params.length === 0) return { route };
  return { route, params: Object.fromEntries(params.map(([name, value]) => [name, redactText(value)])) };
}
