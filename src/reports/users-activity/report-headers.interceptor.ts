import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { varyBy } from '../../http/server/vary-by';
import { ReportExport } from './exports/report-export';

/**
 * Sets the headers of a report: `Vary`, as HEAD has it, and for an export its coding and the time zone of its times. A
 * problem must not have them, so it must run outside of the interceptor that writes the record.
 */
@Injectable()
export class ReportHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response: unknown) => {
        const { vary } = request.routeOptions.config.head?.headersOf(request) ?? {};
        if (vary !== undefined) varyBy(reply, ...vary.split(', '));
        if (!(response instanceof ReportExport)) return response;
        void reply.header('report-time-zone', response.timeZone);
        if (response.encoding) void reply.header('content-encoding', response.encoding);
        return response;
      }),
    );
  }
}
