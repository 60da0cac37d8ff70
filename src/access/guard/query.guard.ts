import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { AttemptRecorder } from '../../audit/tracking/attempt-recorder';
import { hasEmptyParameter } from '../../http/server/head-routes';
import { assertNoParameters, refusesParameters } from '../../http/validation/unknown-parameters';

/**
 * Refuses unknown query parameters on routes without a DTO for the query, which no pipe validates. Records the attempt as
 * the interceptor of a tracked route records other invalid requests.
 */
@Injectable()
export class QueryGuard {
  constructor(private readonly attempts: AttemptRecorder) {}

  /** Adds the check to a route that takes no parameters. A hook for Fastify's `onRoute`. */
  readonly watch = (route: RouteOptions): void => {
    if (refusesParameters(route.url, route.config?.takesQuery)) route.preHandler = this.check;
  };

  /** Runs when the body has been read, because the record describes the attempt by the body too. */
  private readonly check = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void => {
    if (!request.url.includes('?') || hasEmptyParameter(request)) done();
    else
      this.refuseParameters(request).then(() => {
        done();
      }, done);
  };

  private async refuseParameters(request: FastifyRequest): Promise<void> {
    try {
      assertNoParameters(request.query);
    } catch (error) {
      const tracked = request.routeOptions.config.access?.tracked;
      // The action of a HEAD request would not run, so it leaves no record.
      if (tracked && request.method !== 'HEAD') await this.attempts.record(tracked, request, error);
      throw error;
    }
  }
}
