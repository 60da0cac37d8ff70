import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { CsvExport } from './csv-export';

/** Sets the headers of a report: `Vary`, and the time zone of the dates in a CSV. */
@Injectable()
export class ReportHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response: unknown) => {
        void reply.header('vary', 'Accept');
        if (response instanceof CsvExport) void reply.header('report-time-zone', response.timeZone);
        return response;
      }),
    );
  }
}
