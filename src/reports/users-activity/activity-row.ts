import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import type { Outcome } from '../../audit/catalogue/activity-type';
import { defusedCell } from '../../lib/csv-cell';
import { formatAmount } from '../../lib/money';
import { momentOf } from '../../lib/time-ordered-id';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { ReportedActivity } from './activity.reader';
import type { ActivityRow } from './users-activity.dto';

/** Headings of the CSV, in order. */
export const CSV_HEADINGS = [
  'Date',
  'User name',
  'Activity',
  'Subscription reference',
  'Order reference',
  'Price/Amount',
  'Currency',
  'Billing cycles',
  'Comment',
];

/** An activity as a row of the JSON. */
export function jsonRow(activity: ReportedActivity, clock: ZonedClock, catalogue: AccountCatalogue): ActivityRow {
  return {
    id: activity.id,
    occurredAt: clock.rfc3339(momentOf(activity.id)),
    user: { id: activity.userId, name: activity.userName },
    activity: { code: activity.activity, label: catalogue.labelOf(activity.activity) },
    outcome: activity.outcome,
    subscriptionReference: activity.subscriptionReference,
    orderReference: activity.orderReference,
    amount: amountOf(activity),
    currency: activity.currency,
    billingCycles: activity.billingCycles,
    comment: activity.comment,
    page: activity.page,
    ipAddress: activity.ipAddress,
    userAgent: activity.userAgent,
    requestId: activity.requestId,
    sentBy: activity.sentBy,
  };
}

/** An activity as a line of the CSV. */
export function csvRow(
  activity: ReportedActivity,
  clock: ZonedClock,
  catalogue: AccountCatalogue,
): (string | number | null)[] {
  return [
    clock.wallClock(momentOf(activity.id)),
    defusedCell(activity.userName),
    defusedCell(catalogue.labelOf(activity.activity) + OUTCOME_NOTES[activity.outcome]),
    activity.subscriptionReference && defusedCell(activity.subscriptionReference),
    activity.orderReference && defusedCell(activity.orderReference),
    amountOf(activity),
    activity.currency,
    activity.billingCycles,
    activity.comment && defusedCell(activity.comment),
  ];
}

const OUTCOME_NOTES: Record<Outcome, string> = { success: '', failure: ' (failed)', denied: ' (denied)' };

function amountOf({ amount, currency }: ReportedActivity): string | null {
  return amount === null || currency === null ? null : formatAmount(amount, currency);
}
