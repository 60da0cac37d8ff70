import { SetMetadata, type Type } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { FieldErrors, type RequestPart } from '../validation/field-errors';
import { readDto } from '../validation/read-dto';

export const HEAD_HEADERS = Symbol('headers of a HEAD response');
export const HEAD_CHECK = Symbol('check of a HEAD request');

/** Returns the headers of a successful response that do not depend on the handler. Can refuse the request. */
export type KnownHeaders = (request: FastifyRequest) => Readonly<Record<string, string>>;

/** How HEAD requests to the path of a GET route are answered without its handler. */
export interface HeadAnswer {
  /** The DTOs of the route's parameters; undefined if it has none. */
  readonly path: Type | undefined;
  readonly query: Type | undefined;
  readonly headersOf: KnownHeaders;
  /** Refuses a query that is valid, but that the handler would refuse; undefined if there is no such check. */
  readonly check: ((query: object, request: FastifyRequest) => Promise<void>) | undefined;
}

/** The service that checks the query of a HEAD request. */
export interface HeadCheck {
  readonly service: Type;
  readonly run: (service: unknown, query: object, request: FastifyRequest) => Promise<void>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How HEAD is answered. Without it, the handler of the GET route answers it. */
    readonly head?: HeadAnswer | undefined;
  }
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

/** Returns the headers of a JSON response. */
export const jsonHeaders: KnownHeaders = () => JSON_HEADERS;

/**
 * Declares the headers with which a GET route that does not return JSON answers HEAD, or that its handler answers it,
 * because it takes the handler to know the status.
 */
export function AnswersHead(headers: KnownHeaders | Readonly<Record<string, string>> | 'by its handler') {
  return SetMetadata(HEAD_HEADERS, typeof headers === 'object' ? () => headers : headers);
}

/**
 * Lets a service check the query of a HEAD request as it checks that of a GET request, where the DTO cannot: because it
 * takes the account or the time.
 */
export function ChecksHead<Service>(
  service: Type<Service>,
  // Each route has a DTO of its own, so only the route knows the type of its query.
  run: (service: Service, query: never, request: FastifyRequest) => Promise<void>,
) {
  return SetMetadata(HEAD_CHECK, { service, run });
}

/**
 * Adds a HEAD route for each GET route. It has the access rule of the GET route, and the same validation. The handler
 * does not run, so nothing is recorded, unless the access rule denies the request.
 */
export function addHeadRoutes(server: FastifyInstance): void {
  server.addHook('onRoute', ({ method, url, config = {}, handler }) => {
    if (method !== 'GET') return;
    const { head } = config;
    server.route({ method: 'HEAD', url, config, handler: head ? answerHead(head) : handler });
  });
}

function answerHead({ path, query, headersOf, check }: HeadAnswer): RouteHandlerMethod {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (hasEmptyParameter(request)) {
      reply.callNotFound();
      return reply;
    }
    if (path) validate(request.params, path, 'param');
    const dto = query && validate(request.query, query, 'query');
    const headers = headersOf(request);
    if (check && dto) await check(dto, request);
    return reply.headers(headers).send();
  };
}

/** Returns whether a path parameter is empty. Such a path belongs to no route, although Fastify finds one. */
export function hasEmptyParameter({ params }: FastifyRequest): boolean {
  return Object.values(params as Record<string, string>).includes('');
}

function validate(value: unknown, dto: Type, part: RequestPart): object {
  const errors = new FieldErrors(part);
  const read = readDto(value, dto as Type<object>, errors);
  errors.assertNone();
  return read;
}
