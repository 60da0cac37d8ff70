import type { AttemptFieldsOf } from '../../audit/catalogue/activity-fields';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { bodyFieldOf, pathParameterOf } from '../../audit/tracking/tracked.decorator';
import { EMAIL_KINDS } from '../shopper-mails/email-template.entity';

/** Returns the record fields of a failed or denied attempt: the template in its path, and the order in its body. */
export function describeTemplateAttempt(attempt: Attempt): AttemptFieldsOf<typeof ActivityType.EmailTemplateUpdated> {
  const orderReference = bodyFieldOf(attempt, 'orderReference');
  return {
    ...(typeof orderReference === 'string' && { orderReference }),
    details: { templateId: pathParameterOf(attempt, 'id') },
  };
}

/** Returns the record fields of a failed or denied attempt to create a template. */
export function describeCreationAttempt(attempt: Attempt): AttemptFieldsOf<typeof ActivityType.EmailTemplateCreated> {
  const name = bodyFieldOf(attempt, 'name');
  const kind = EMAIL_KINDS.find((known) => known === bodyFieldOf(attempt, 'kind'));
  return { ...(typeof name === 'string' && { comment: name }), ...(kind && { details: { kind } }) };
}
