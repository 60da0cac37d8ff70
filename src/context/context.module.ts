import { Global, Module } from '@nestjs/common';
import { RequestContext } from './request-context';

/**
 * Provides a context for each request. It starts in a Fastify hook, before Nest handles the request: see
 * `RequestContext.run`.
 */
@Global()
@Module({ providers: [RequestContext], exports: [RequestContext] })
export class ContextModule {}
