import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '../problems/problem';

/** Passes to a controller method a function that returns whether the client has closed the connection. */
export const HasLeft = createParamDecorator((_: unknown, execution: ExecutionContext): (() => boolean) => {
  const { raw } = execution.switchToHttp().getResponse<FastifyReply>();
  return () => raw.destroyed;
});

/** Stops a request whose client has closed the connection. It is recorded, but nobody receives the response. */
export const CLIENT_LEFT = new Problem(HttpStatus.BAD_REQUEST, 'client_left', 'The client has closed the connection.');
