import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Config } from '../../config/config';
import { ReportExport } from './exports/report-export';

/**
 * Closes the stream of an export when the response has ended, even if the stream was never sent: because the client had
 * left, or because the record of the export could not be written. So it must run inside of the interceptor that writes
 * the record.
 *
 * Resets the connection of an HTTP/1.0 client, such as an older proxy, when the stream fails midway. A connection that
 * is merely closed ends every complete response of HTTP/1.0, so the client would take a part of the report for all of it.
 *
 * Cuts off a client that has stopped reading, because its export would count as running for as long as it is connected.
 */
@Injectable()
export class ExportClosingInterceptor implements NestInterceptor {
  constructor(private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { raw } = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response: unknown) => {
        if (!(response instanceof ReportExport)) return response;
        const stream = response.getStream();
        const close = () => stream.destroy();
        if (raw.destroyed) close();
        else raw.once('close', close);
        raw.setTimeout(this.config.EXPORT_STALL_SECONDS * 1000, () => {
          if (raw.writableNeedDrain) raw.socket?.resetAndDestroy();
        });
        stream.once('error', () => {
          if (raw.headersSent && raw.req.httpVersion === '1.0') raw.socket?.resetAndDestroy();
        });
        return response;
      }),
    );
  }
}
