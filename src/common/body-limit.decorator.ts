import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiPayloadTooLargeResponse } from '@nestjs/swagger';
import type { RouteOptions } from 'fastify';

export const MIB = 1024 * 1024;

/** Lets a route take larger bodies than the others. */
export function BodyLimit(bytes: number): MethodDecorator {
  return applyDecorators(
    RouteConfig({ bodyLimit: bytes }),
    ApiPayloadTooLargeResponse({ description: `The body is larger than ${bytes / MIB} MiB.` }),
  );
}

/** Hook of Fastify, which knows of limits of routes where Nest's adapter does not. */
export function limitBody(route: RouteOptions): void {
  const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
  if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
}
