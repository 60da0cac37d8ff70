import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SendsHeaders } from './response-headers';

export const CREATES = Symbol('creates');

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The field of a 201 response that is the last segment of the URL of what the route created. */
    readonly creates?: string | undefined;
  }
}

/**
 * Sends the URL of what a route creates in the `Location` header: the URL of the route, and a field of the response.
 * @param field name of the field, such as `id`
 */
export function Creates(field: string): MethodDecorator {
  return applyDecorators(SetMetadata(CREATES, field), SendsHeaders('Location'));
}

/** Adds the `Location` header. A hook for Fastify's `preSerialization`, so that a repeated response has it too. */
export function addLocation(
  { routeOptions: { url, config } }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (url !== undefined && config.creates !== undefined) {
    const id = String((payload as Record<string, unknown>)[config.creates]);
    void reply.header('location', `${url}/${encodeURIComponent(id)}`);
  }
  done(null, payload);
}
