import type { Attempt } from '../../audit/tracking/tracked-route';
import { commentOf, pathParameterOf } from '../../audit/tracking/tracked.decorator';

/** Returns the record fields of a failed or denied attempt: the order in its path, and the comment in its body. */
export function describeOrderAttempt(attempt: Attempt): { orderReference?: string; comment?: string } {
  const orderReference = pathParameterOf(attempt, 'reference');
  return { ...(orderReference !== undefined && { orderReference }), ...commentOf(attempt) };
}
