import type { FastifyReply, FastifyRequest } from 'fastify';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from '../../config/config';
import { redactText } from '../../lib/secrets/redact';
import { decodedPath } from '../problems/request-path';

/**
 * Writes one JSON line for each response, with the id of the request, but without headers, body and query, which can
 * contain secrets.
 */
export class ResponseLog {
  private readonly pino: Logger;

  constructor({ LOG_LEVEL }: Config, destination: DestinationStream) {
    this.pino = pino({ level: LOG_LEVEL }, destination);
  }

  /** Writes the line of a response that has ended, or that the client did not wait for. */
  write(request: FastifyRequest, { raw, elapsedTime }: FastifyReply): void {
    const status = raw.statusCode;
    if (status < 500 && !this.pino.isLevelEnabled('info')) return;
    const fields = {
      requestId: request.id,
      method: request.method,
      ...loggedAddress(request),
      status,
      responseTime: Math.round(elapsedTime),
      ...(!raw.writableFinished && { isCutOff: true }),
    };
    if (status >= 500) this.pino.error(fields, 'answered with an error');
    else this.pino.info(fields, 'answered');
  }
}

/** The URL of a request in a log line: its route and path parameters, or its path if there is no route. */
type LoggedAddress =
  { readonly route: string; readonly params?: Readonly<Record<string, string>> } | { readonly path: string };

/** Returns the URL of a request without its query and without secrets. */
function loggedAddress({ routeOptions, params, raw }: FastifyRequest): LoggedAddress {
  const route = routeOptions.url;
  if (route === undefined) return { path: decodedPath(raw.url ?? '') };
  const values = Object.entries((params ?? {}) as Record<string, string>);
  if (values.length === 0) return { route };
  return { route, params: Object.fromEntries(values.map(([name, value]) => [name, redactText(value)])) };
}
