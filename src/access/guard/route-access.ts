import type { TrackedRoute } from '../../audit/tracking/tracked.decorator';
import type { AccessRule } from './access-rule.decorator';

/** What is known of a route before anything of a request is: who may call it, and what a refused attempt is recorded as. */
export interface RouteAccess {
  readonly rule: AccessRule;
  /** Whether API keys are kept out, whatever they hold. */
  readonly isForPeople: boolean;
  readonly tracked: TrackedRoute | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
  }
}

/** The access to pages and files that are no operation of the contract. */
export const OPEN_ACCESS: RouteAccess = { rule: 'public', isForPeople: false, tracked: undefined };
