import type { AttemptFieldsOf } from '../../audit/catalogue/activity-fields';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { bodyFieldOf } from '../../audit/tracking/tracked.decorator';
import { isAmount } from '../../http/validation/dto-fields';
import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import { describeOrderAttempt } from '../sales/describe-order-attempt';
import { REFUND_REASONS } from './refunds.dto';

/** Returns the record fields of a failed or denied attempt to request a refund. Leaves out malformed values. */
export function describeRefundAttempt(attempt: Attempt): AttemptFieldsOf<typeof ActivityType.RefundRequested> {
  const amount = bodyFieldOf(attempt, 'amount');
  const reason = REFUND_REASONS.find((known) => known === bodyFieldOf(attempt, 'reason'));
  return {
    ...describeOrderAttempt(attempt),
    details: { ...(reason && { reason }), ...(isAmount(amount) && { requestedAmount: amount }) },
  };
}

/** Returns the record fields of a failed or denied attempt to cancel a refund. */
export function describeCancellationAttempt(attempt: Attempt): AttemptFieldsOf<typeof ActivityType.RefundCanceled> {
  const refundId = bodyFieldOf(attempt, 'refundId');
  const isId = typeof refundId === 'string' && TIME_ORDERED_ID.test(refundId);
  return { ...describeOrderAttempt(attempt), details: isId ? { refundId } : {} };
}
