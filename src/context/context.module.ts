import { Global, Module } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ClsModule, ClsService } from 'nestjs-cls';
import { RequestContext } from './request-context';

/** What Fastify leaves on the raw request for middleware. */
type RawRequest = IncomingMessage & { readonly id: string; readonly ip?: string };

/** Gives each request its own context, from its first middleware to its last awaited promise. */
@Global()
@Module({
  imports: [
    ClsModule.forRoot({
      global: true,
      middleware: {
        mount: true,
        setup: (cls: ClsService, request: RawRequest) => {
          new RequestContext(cls).begin({
            requestId: request.id,
            // A proxy that is believed may still have passed on anything.
            ipAddress: request.ip !== undefined && isIP(request.ip) > 0 ? request.ip : null,
            userAgent: request.headers['user-agent'] ?? null,
          });
        },
      },
    }),
  ],
  providers: [RequestContext],
  exports: [RequestContext],
})
export class ContextModule {}
