import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { PreviewFormat } from './email-template-actions.dto';
import { varyBy } from '../../http/server/vary-by';

/** The content security policy of previews: no scripts, forms or frames; only text, styles and images. */
export const CONTENT_SECURITY_POLICY = "default-src 'none'; img-src https: http:; style-src 'unsafe-inline'; sandbox";

/**
 * Injects the format of the response into a handler: the `format` parameter, else HTML if the Accept header prefers it,
 * else JSON.
 */
export const ResponseFormat = createParamDecorator((_: unknown, execution: ExecutionContext): PreviewFormat => {
  const { query, raw } = execution.switchToHttp().getRequest<FastifyRequest>();
  const { format } = query as { format?: unknown };
  if (format === 'html' || format === 'json') return format;
  return accepts(raw).type(['application/json', 'text/html']) === 'text/html' ? 'html' : 'json';
});

/** Adds headers to previews that keep browsers from running anything in them or guessing their type. */
@Injectable()
export class PreviewHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body: unknown) => {
        varyBy(reply, 'Accept');
        void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
        void reply.header('x-content-type-options', 'nosniff');
        if (typeof body === 'string') void reply.type('text/html; charset=utf-8');
        return body;
      }),
    );
  }
}
