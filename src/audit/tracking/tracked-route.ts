import type { FastifyRequest } from 'fastify';
import type { ActivityFields } from '../catalogue/activity-fields';
import type { ActivityType } from '../catalogue/activity-type';

/** Key of the metadata with which `@Tracked` declares how a route is recorded. */
export const TRACKED = Symbol('tracked');

/** The parts of a request by which an attempt is described. None of them has been validated yet. */
export type Attempt = Pick<FastifyRequest, 'url' | 'params' | 'query' | 'body' | 'headers'>;

/** How the requests to a route are recorded. */
export interface TrackedRoute {
  /** Returns the activity type of a request. */
  readonly typeOf: (attempt: Attempt) => ActivityType;
  /**
   * Returns the fields that the request alone determines. The record has them also when the action fails or is denied.
   */
  readonly describeAttempt: (attempt: Attempt) => Partial<ActivityFields>;
  /** Whether the route changes nothing although its method is not GET, such as a POST that shows a preview. */
  readonly readsOnly?: boolean;
  /** More precise activity types, which only the action itself can choose. */
  readonly alternatives?: readonly ActivityType[];
}
