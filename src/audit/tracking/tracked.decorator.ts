import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ActivityFields } from '../catalogue/activity-fields';
import { ActivityType } from '../catalogue/activity-type';

export const TRACKED = Symbol('tracked');
export const UNTRACKED = Symbol('untracked');

/** The part of a request that says what is attempted; nothing in it has been validated yet. */
export type Attempt = Pick<FastifyRequest, 'params' | 'query' | 'body' | 'headers'>;

/** What a route tracks. */
export interface TrackedRoute {
  readonly typeOf: (attempt: Attempt) => ActivityType;
  /** What the request alone tells; it is in the record also when the action fails or is denied. */
  readonly attempted: (attempt: Attempt) => Partial<ActivityFields>;
  /** Whether the route changes nothing although its method says so, such as a POST that shows a preview. */
  readonly readsOnly?: boolean;
  /** More precise types, which only the action itself can choose. */
  readonly or?: readonly ActivityType[];
}

/**
 * Records every request to the route as an activity of this type. A route that writes must make its changes in
 * `unitOfWork.run`, which commits the record together with them.
 * @param type the type, or how the request decides it
 * @param attempted what the request alone tells, such as the reference of the order in question
 */
export function Tracked(
  type: ActivityType | ((attempt: Attempt) => ActivityType),
  attempted: TrackedRoute['attempted'] = () => ({}),
  { readsOnly = false, or = [] }: Pick<TrackedRoute, 'readsOnly' | 'or'> = {},
): MethodDecorator {
  const typeOf = typeof type === 'function' ? type : () => type;
  return applyDecorators(
    SetMetadata(TRACKED, { typeOf, attempted, readsOnly, or } satisfies TrackedRoute),
    ...(typeof type === 'string' ? [ApiExtension('x-activity', type)] : []),
  );
}

/** Records every request to the route as a look at this page of the Control Panel. */
export function TracksPage(page: string): MethodDecorator {
  return Tracked(ActivityType.PageAccessed, () => ({ page }));
}

/** Says why a route that writes leaves no record. */
export function Untracked(reason: string): MethodDecorator {
  return SetMetadata(UNTRACKED, reason);
}

/** A path parameter of an attempt, for its record. */
export function attemptedParameter({ params }: Attempt, name: string): string | undefined {
  const value = (params as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** The comment of an attempt's body, for its record. */
export function attemptedComment({ body }: Attempt): { comment?: string } {
  const comment = (body as Record<string, unknown> | null | undefined)?.comment;
  return typeof comment === 'string' ? { comment } : {};
}
