import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { CsvExport } from './csv-export';

/** Says in headers what the rows of a report don't: which zone the times of a CSV are in. */
@Injectable()
export class ReportHeadersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        void reply.header('vary', 'Accept');
        if (answer instanceof CsvExport) void reply.header('report-time-zone', answer.timeZone);
        return answer;
      }),
    );
  }
}
