import { HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import { REQUEST_MALFORMED } from '../problems/problem.filter';

const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

const EXPECTATION_FAILED = new Problem(
  HttpStatus.EXPECTATION_FAILED,
  'expectation_failed',
  'The only supported expectation is "Expect: 100-continue".',
);

/**
 * Refuses requests without `Host` or with an unknown expectation, which Node's server would refuse with an empty body.
 * A hook for Fastify's `onRequest`.
 */
export function checkHeaders({ raw }: FastifyRequest, _reply: FastifyReply, done: (problem?: Problem) => void): void {
  const { host, expect } = raw.headers;
  if (raw.httpVersion !== '1.1') done();
  else if (host === undefined) done(REQUEST_MALFORMED);
  else if (expect !== undefined && !CONTINUE.test(expect)) done(EXPECTATION_FAILED);
  else done();
}
