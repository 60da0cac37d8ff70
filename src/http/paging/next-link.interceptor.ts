import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Adds the header `Link: …; rel="next"` (RFC 8288) to each response that has a next page. */
@Injectable()
export class NextLinkInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        const { nextCursor } = (answer ?? {}) as { nextCursor?: unknown };
        if (typeof nextCursor === 'string')
          void reply.header('link', `<${withCursor(request.url, nextCursor)}>; rel="next"`);
        return answer;
      }),
    );
  }
}

function withCursor(address: string, cursor: string): string {
  const [path = '', query = ''] = address.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
