import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { UnitOfWork } from '../../database/unit-of-work';
import { AttemptRecorder } from './attempt-recorder';
import { CurrentActivity } from '../recording/current-activity';
import { Recorder } from '../recording/recorder';
import { TRACKED, type TrackedRoute } from './tracked.decorator';

/**
 * Captures every tracked action: the action and its record commit in one transaction, or neither does. The answer waits
 * for the commit.
 */
@Injectable()
export class TrackedInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly unitOfWork: UnitOfWork,
    private readonly current: CurrentActivity,
    private readonly recorder: Recorder,
    private readonly attempts: AttemptRecorder,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<TrackedRoute | undefined>(TRACKED, context.getHandler());
    if (!route) return next.handle();
    return from(this.capture(route, context.switchToHttp().getRequest(), next));
  }

  private async capture(route: TrackedRoute, request: FastifyRequest, next: CallHandler): Promise<unknown> {
    this.current.begin();
    try {
      return await this.unitOfWork.run(async () => {
        this.current.reset();
        const answer: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
        const { type, fields } = this.current.description ?? { type: route.typeOf(request), fields: {} };
        await this.recorder.record({ type, outcome: 'success', fields: { ...route.attempted(request), ...fields } });
        return answer;
      });
    } catch (error) {
      await this.attempts.record(route, request, error);
      throw error;
    }
  }
}
