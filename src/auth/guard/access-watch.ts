import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { setTimeout } from 'node:timers/promises';
import { Problem } from '../../http/problems/problem';
import { RequestGuard } from './request.guard';

/** Milliseconds between two checks. Responses that stay open promise to end within five seconds. */
const CHECK_MILLISECONDS = 2000;

/** Checks whether the actor of a request that stays open still has the access that the request needs. */
@Injectable()
export class AccessWatch {
  constructor(private readonly guard: RequestGuard) {}

  /**
   * Checks the access every two seconds, as for a new request, until the request has ended.
   * @returns the problem that a new request would have; undefined if the request has ended
   */
  async watch(request: FastifyRequest, ended: AbortSignal): Promise<Problem | undefined> {
    for (;;) {
      await setTimeout(CHECK_MILLISECONDS, undefined, { signal: ended, ref: false }).catch(() => undefined);
      if (ended.aborted) return undefined;
      try {
        await this.guard.recheck(request);
      } catch (error) {
        return error instanceof Problem ? error : ACCESS_UNKNOWN;
      }
    }
  }
}

/** The database could not be read, so the access may have been lost. */
const ACCESS_UNKNOWN = Problem.unavailable(
  'database_unavailable',
  'The database does not answer, so your access could not be checked. Try again later.',
);
