import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Config } from '../config/config';
import type { EventStream } from './event-stream';

/** Keeps nginx from holding events back. */
export const UNBUFFERED = { 'x-accel-buffering': 'no' } as const;

/**
 * Sets the headers of a stream. Cuts off a client that has stopped reading, because its stream would count as open for as
 * long as it is connected.
 */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor<EventStream, EventStream> {
  constructor(private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler<EventStream>): Observable<EventStream> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response) => {
        void reply.headers(UNBUFFERED);
        const { raw } = reply;
        raw.setTimeout(this.config.STREAM_STALL_SECONDS * 1000, () => {
          if (raw.writableNeedDrain) raw.socket?.resetAndDestroy();
        });
        return response;
      }),
    );
  }
}
