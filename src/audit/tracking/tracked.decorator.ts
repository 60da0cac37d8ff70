import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { stripPageUrl } from '../../lib/secrets/strip-page-url';
import type { AttemptFieldsOf } from '../catalogue/activity-fields';
import { ActivityType } from '../catalogue/activity-type';
import { TRACKED, type Attempt, type TrackedRoute } from './tracked-route';
import { TrackedInterceptor } from './tracked.interceptor';

export const UNTRACKED = Symbol('untracked');

/**
 * Records every request to the route as an activity of this type. A route that writes must make its changes in
 * `unitOfWork.run`, which commits the record together with them.
 * @param type the activity type, or a function that chooses it by the request
 * @param describeAttempt returns the fields that the request alone determines, such as the reference of an order
 */
export function Tracked<Type extends ActivityType>(
  type: Type | ((attempt: Attempt) => Type),
  describeAttempt: (attempt: Attempt) => AttemptFieldsOf<Type> = () => ({}),
  { readsOnly = false, alternatives = [] }: Pick<TrackedRoute, 'readsOnly' | 'alternatives'> = {},
): MethodDecorator {
  const typeOf = typeof type === 'function' ? type : () => type;
  return applyDecorators(
    UseInterceptors(TrackedInterceptor),
    SetMetadata(TRACKED, { typeOf, describeAttempt, readsOnly, alternatives } satisfies TrackedRoute),
    ...(typeof type === 'string' ? [ApiExtension('x-activity', type)] : []),
  );
}

/** Records every request to the route as a view of a page of the Control Panel, with this title and the request's path. */
export function TracksPage(title: string): MethodDecorator {
  return Tracked(ActivityType.PageAccessed, ({ url }) => ({ page: stripPageUrl(url), comment: title }));
}

/** States why a route that writes leaves no record. Without it, or `@Tracked`, the service does not start. */
export function Untracked(reason: string): MethodDecorator {
  return SetMetadata(UNTRACKED, reason);
}

/** Returns a path parameter of an attempt, for its record. */
export function pathParameterOf({ params }: Attempt, name: string): string | undefined {
  const value = (params as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Returns a field in the body of an attempt, for its record. */
export function bodyFieldOf({ body }: Attempt, name: string): unknown {
  return (body as Record<string, unknown> | null | undefined)?.[name];
}

/** Returns the comment in the body of an attempt, for its record. */
export function commentOf(attempt: Attempt): { comment?: string } {
  const comment = bodyFieldOf(attempt, 'comment');
  return typeof comment === 'string' ? { comment } : {};
}
