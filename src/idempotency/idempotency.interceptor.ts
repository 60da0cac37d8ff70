import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { AttemptRecorder } from '../audit/tracking/attempt-recorder';
import { TRACKED, type TrackedRoute } from '../audit/tracking/tracked.decorator';
import { Problem } from '../http/problems/problem';
import { inHeader } from '../http/problems/request-field';
import { sha256 } from '../lib/sha256';
import { IdempotencyKeys } from './idempotency-keys';
import { IDEMPOTENT } from './idempotent.decorator';

/** Answers a repeated request as the first one was answered. Runs around the record: what is not done again is not recorded again. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyKeys,
    private readonly attempts: AttemptRecorder,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !this.reflector.get(IDEMPOTENT, context.getHandler())) return next.handle();
    return from(this.once(String(key), context, next));
  }

  private async once(key: string, context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const first = await this.firstAnswer(key, context);
    if (first) {
      void context.switchToHttp().getResponse<FastifyReply>().header('idempotent-replayed', 'true');
      return first.answer;
    }
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.keys.release();
      throw error;
    }
  }

  private async firstAnswer(key: string, context: ExecutionContext): Promise<{ readonly answer: unknown } | undefined> {
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

/** Hashes what a repeated request has in common with the first one: its body and, where its path names something, its path. */
function fingerprintOf({ method, routeOptions, params, body }: FastifyRequest): string {
  const named = Object.keys(params as object).length > 0 ? JSON.stringify([method, routeOptions.url, params]) : '';
  return sha256(named + JSON.stringify(body ?? null));
}

function keyInvalid(): Problem {
  const message = 'The Idempotency-Key must be 1 to 200 characters long.';
  return Problem.badRequest('idempotency_key_invalid', inHeader('Idempotency-Key'), message);
}
