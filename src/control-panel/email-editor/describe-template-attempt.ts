import type { ActivityFields } from '../../audit/catalogue/activity-fields';
import { pathParameterOf, type Attempt } from '../../audit/tracking/tracked.decorator';

import { EMAIL_KINDS } from '../shopper-mails/email-template.entity';

/** What a failed or denied attempt says of the template in its path, and of the order that it was to be shown with. */
export function describeTemplateAttempt(attempt: Attempt): Partial<ActivityFields> {
  const orderReference = fieldOf(attempt, 'orderReference');
  return {
    ...(typeof orderReference === 'string' && { orderReference }),
    details: { templateId: pathParameterOf(attempt, 'id') },
  };
}

/** What one says of the template that was to be made. */
export function describeCreationAttempt(attempt: Attempt): Partial<ActivityFields> {
  const name = fieldOf(attempt, 'name');
  const kind = EMAIL_KINDS.find((known) => known === fieldOf(attempt, 'kind'));
  return { ...(typeof name === 'string' && { comment: name }), ...(kind && { details: { kind } }) };
}

function fieldOf({ body }: Attempt, field: string): unknown {
  return (body as Record<string, unknown> | null | undefined)?.[field];
}
