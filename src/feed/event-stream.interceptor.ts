import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { EventStream } from './event-stream';

/** Keeps nginx from holding events back. */
export const UNBUFFERED = { 'x-accel-buffering': 'no' } as const;

/** Sets the headers of a stream. */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor<EventStream, EventStream> {
  intercept(context: ExecutionContext, next: CallHandler<EventStream>): Observable<EventStream> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((response) => {
        void reply.headers(UNBUFFERED);
        return response;
      }),
    );
  }
}
