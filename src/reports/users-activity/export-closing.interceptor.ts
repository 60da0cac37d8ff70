import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { ReportExport } from './exports/report-export';

/**
 * Closes the stream of an export when the response has ended, even if the stream was never sent: because the client had
 * left, or because the record of the export could not be written. So it must run inside of the interceptor that writes
 * the record.
 */
@Injectable()
export class ExportClosingInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { raw } = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response: unknown) => {
        if (!(response instanceof ReportExport)) return response;
        const close = () => response.getStream().destroy();
        if (raw.destroyed) close();
        else raw.once('close', close);
        return response;
      }),
    );
  }
}
