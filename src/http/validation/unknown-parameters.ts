import { BODY, within } from '../problems/request-field';
import { checkTexts, FIELD_UNKNOWN } from './check-texts';
import { FieldErrors } from './field-errors';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the controller method of the route has a DTO for the query, which knows its parameters. */
    readonly takesQuery?: boolean;
  }
}

/**
 * Returns whether a route refuses all query parameters. Health checks and metrics do not: monitoring programs add parameters
 * of their own.
 * @param takesQuery undefined for a route without a controller
 */
export function refusesParameters(url: string, takesQuery: boolean | undefined): boolean {
  return takesQuery === false && url.startsWith('/v1/');
}

/**
 * Refuses a query that has parameters, as the validation of a DTO refuses unknown ones.
 * @throws Problem 400 or 422
 */
export function assertNoParameters(query: unknown): void {
  const errors = new FieldErrors('query');
  checkTexts(query, BODY, errors);
  // The error of the query as a whole means that the name of a parameter may be a secret.
  if (!errors.covers(BODY)) {
    for (const name of Object.keys(query as object)) errors.add(within(BODY, name), ...FIELD_UNKNOWN);
  }
  errors.assertNone();
}
