import type { ActivityCode } from '../../audit/catalogue/activity-code';
import { formatAmount } from '../../lib/money';
import { momentOf } from '../../lib/time-ordered-id';
import type { ZonedClock } from '../../lib/time/zoned-time';
import { readDetails } from './recorded-details';
import type { ReportedActivity } from './reported-activity';

/** Converts an activity to a row of the JSON report, and to a line of NDJSON: `ActivityRow` describes it. */
export function presentActivity(
  activity: ReportedActivity,
  clock: ZonedClock,
  labelOf: (code: ActivityCode) => string,
) {
  const { failureCode, details } = readDetails(activity.details);
  return {
    id: activity.id,
    url: `/v1/activities/${activity.id}`,
    occurredAt: clock.rfc3339(momentOf(activity.id)),
    user: { id: activity.userId, name: activity.userName, email: activity.userEmail },
    activity: { code: activity.activity, label: labelOf(activity.activity) },
    outcome: activity.outcome,
    failureCode,
    subscriptionReference: activity.subscriptionReference,
    orderReference: activity.orderReference,
    amount: formatActivityAmount(activity),
    currency: activity.currency,
    billingCycles: activity.billingCycles,
    comment: activity.comment,
    page: activity.page,
    ipAddress: activity.ipAddress,
    userAgent: activity.userAgent,
    requestId: activity.requestId,
    sentBy: activity.sentBy,
    details,
  };
}

/** Formats the amount of an activity as a decimal string. */
function formatActivityAmount({ amount, currency }: ReportedActivity): string | null {
  return amount === null || currency === null ? null : formatAmount(amount, currency);
}
