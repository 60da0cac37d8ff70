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

/** Runs nothing, sends nothing and embeds nothing; what is left are texts, styles and pictures. */
export const PREVIEW_POLICY = "default-src 'none'; img-src https: http:; style-src 'unsafe-inline'; sandbox";

/** Hands a method the format of its answer: the page where `format` or the Accept header asks for it, otherwise JSON. */
export const ResponseFormat = createParamDecorator((_: unknown, execution: ExecutionContext): PreviewFormat => {
  const { query, raw } = execution.switchToHttp().getRequest<FastifyRequest>();
  const { format } = query as { format?: unknown };
  if (format === 'html' || format === 'json') return format;
  return accepts(raw).type(['application/json', 'text/html']) === 'text/html' ? 'html' : 'json';
});

/** Sends previews so that no browser runs anything in them, whatever they are taken for. */
@Injectable()
export class PreviewHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        void reply.header('vary', 'Accept').header('content-security-policy', PREVIEW_POLICY);
        void reply.header('x-content-type-options', 'nosniff');
        if (typeof answer === 'string') void reply.type('text/html; charset=utf-8');
        return answer;
      }),
    );
  }
}
