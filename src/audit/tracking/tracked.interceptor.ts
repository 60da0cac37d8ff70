import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { UnitOfWork } from '../../database/unit-of-work';
import type { RecordedAction } from '../recording/activity-row';
import { CurrentActivity } from '../recording/current-activity';
import { Recorder } from '../recording/recorder';
import { AttemptRecorder } from './attempt-recorder';
import { RepeatedReads } from './repeated-reads';
import { TRACKED, type TrackedRoute } from './tracked-route';

/**
 * Records every tracked request before its response leaves. The record of a write is the last statement of the
 * transaction that the service opens, so both commit or neither does. A read opens no transaction; its record is
 * committed after the handler has returned, together with those of other requests, unless the record of an earlier
 * request covers it.
 */
@Injectable()
export class TrackedInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly unitOfWork: UnitOfWork,
    private readonly current: CurrentActivity,
    private readonly recorder: Recorder,
    private readonly attempts: AttemptRecorder,
    private readonly repeatedReads: RepeatedReads,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<TrackedRoute>(TRACKED, context.getHandler());
    return from(this.capture(route, context.switchToHttp().getRequest(), next));
  }

  private async capture(route: TrackedRoute, request: FastifyRequest, next: CallHandler): Promise<unknown> {
    this.current.begin([route.typeOf(request), ...(route.alternatives ?? [])]);
    const action = this.unitOfWork.beginAction({
      beforeAttempt: this.current.savepoint(),
      beforeCommit: () => this.recorder.record(this.describeSuccess(route, request)),
    });
    try {
      const response: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      if (action.hasCommitted) return response;
      assertReads(route, request);
      await this.repeatedReads.recordOnce(() => this.recorder.commit(this.describeRead(route, request)));
      return response;
    } catch (error) {
      this.repeatedReads.abandon();
      // An action that has committed already has its record, with the outcome `success`.
      if (!action.hasCommitted) await this.attempts.record(route, request, error);
      throw error;
    }
  }

  private describeRead(route: TrackedRoute, request: FastifyRequest): RecordedAction {
    const { reservedId } = this.repeatedReads;
    return { ...this.describeSuccess(route, request), ...(reservedId !== undefined && { id: reservedId }) };
  }

  private describeSuccess(route: TrackedRoute, request: FastifyRequest): RecordedAction {
    const { type, fields } = this.current.description ?? { type: route.typeOf(request), fields: {} };
    return { type, outcome: 'success', fields: { ...route.describeAttempt(request), ...fields } };
  }
}

/** Refuses a write that has committed no transaction: its changes cannot be rolled back together with its record. */
function assertReads({ readsOnly = false }: TrackedRoute, { method, routeOptions }: FastifyRequest): void {
  if (readsOnly || method === 'GET' || method === 'HEAD') return;
  throw new Error(
    `${method} ${routeOptions.url} is tracked as a write, but it has committed no transaction. Make its changes in ` +
      '`unitOfWork.run`, or declare it with `@Tracked(…, { readsOnly: true })`.',
  );
}
