import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { varyBy } from '../../http/server/vary-by';
import { ReportExport } from './exports/report-export';

/** Sets the headers of a report: `Vary`, as HEAD has it, and for an export its coding and the time zone of its times. */
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
        endWithReply(response, reply);
        return response;
      }),
    );
  }
}

/**
 * Closes the stream of an export when the response has ended, even if the stream was never sent: because the client had
 * left, or because the record of the export could not be written.
 */
function endWithReply(response: ReportExport, { raw }: FastifyReply): void {
  const close = () => response.getStream().destroy();
  if (raw.destroyed) close();
  else raw.once('close', close);
}
