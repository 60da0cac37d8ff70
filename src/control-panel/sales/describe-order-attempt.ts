import type { ActivityFields } from '../../audit/catalogue/activity-fields';
import { commentOf, pathParameterOf, type Attempt } from '../../audit/tracking/tracked.decorator';

/** What a failed or denied attempt says of the order in its path, and why it was made. */
export function describeOrderAttempt(attempt: Attempt): Partial<ActivityFields> {
  const orderReference = pathParameterOf(attempt, 'reference');
  return { ...(orderReference !== undefined && { orderReference }), ...commentOf(attempt) };
}
