import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { AttemptRecorder } from '../audit/tracking/attempt-recorder';
import { TRACKED, type TrackedRoute } from '../audit/tracking/tracked-route';
import { Problem } from '../http/problems/problem';
import { inHeader } from '../http/problems/request-field';
import { sha256 } from '../lib/sha256';
import { IdempotencyKeys } from './idempotency-keys';

/**
 * Gives a repeated request the response of the first one. Runs outside of the audit interceptor, so that a repeated
 * request is not recorded again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyKeys,
    private readonly attempts: AttemptRecorder,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.handleOnce(context, next));
  }

  private async handleOnce(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    this.keys.begin();
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    const first = key === undefined ? undefined : await this.claimKey(String(key), context);
    if (first) {
      void context.switchToHttp().getResponse<FastifyReply>().header('idempotent-replayed', 'true');
      return first.answer;
    }
    try {
      const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      this.keys.assertRemembered();
      return answer;
    } catch (error) {
      await this.keys.release();
      throw error;
    }
  }

  private async claimKey(key: string, context: ExecutionContext): Promise<{ readonly answer: unknown } | undefined> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    try {
      if (key.length === 0 || key.length > 200) throw keyInvalid();
      return await this.keys.claim(key, fingerprintOf(request));
    } catch (error) {
      const route = this.reflector.get<TrackedRoute | undefined>(TRACKED, context.getHandler());
      if (route) await this.attempts.record(route, request, error);
      throw error;
    }
  }
}

/** Hashes what a repeated request must have in common with the first one: its method, its path and its body. */
function fingerprintOf({ method, routeOptions, params, body }: FastifyRequest): string {
  return sha256(JSON.stringify([method, routeOptions.url, params, body ?? null]));
}

function keyInvalid(): Problem {
  const message = 'The Idempotency-Key must be 1 to 200 characters long.';
  return Problem.badRequest('idempotency_key_invalid', inHeader('Idempotency-Key'), message);
}
