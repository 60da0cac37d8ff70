import type { TrackedRoute } from '../../audit/tracking/tracked-route';
import type { AccessRule } from './access-rule.decorator';

/**
 * The access rule of a route, and how a refused attempt is recorded. Fastify knows both before it reads the body of a
 * request.
 */
export interface RouteAccess {
  readonly rule: AccessRule;
  /** Whether API keys are refused, whatever privileges they have. */
  readonly isForPeople: boolean;
  readonly tracked: TrackedRoute | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
  }
}

/** The access to routes outside the contract, such as the files of Swagger UI. */
export const OPEN_ACCESS: RouteAccess = { rule: 'public', isForPeople: false, tracked: undefined };
