import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import type { Outcome } from '../../audit/catalogue/activity-type';
import { escapeFormulas } from '../../lib/csv-cell';
import { momentOf } from '../../lib/time-ordered-id';
import type { ZonedClock } from '../../lib/time/zoned-time';
import type { ReportedActivity } from './activity.reader';
import { formatActivityAmount } from './users-activity.view';

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

/** Returns the line of an activity in the CSV. */
export function csvRow(
  activity: ReportedActivity,
  clock: ZonedClock,
  catalogue: AccountCatalogue,
): (string | number | null)[] {
  return [
    clock.wallClock(momentOf(activity.id)),
    escapeFormulas(activity.userName),
    escapeFormulas(catalogue.labelOf(activity.activity) + OUTCOME_NOTES[activity.outcome]),
    activity.subscriptionReference && escapeFormulas(activity.subscriptionReference),
    activity.orderReference && escapeFormulas(activity.orderReference),
    formatActivityAmount(activity),
    activity.currency,
    activity.billingCycles,
    activity.comment && escapeFormulas(activity.comment),
  ];
}

/** The text after the label of an activity, which tells its outcome. */
const OUTCOME_NOTES: Record<Outcome, string> = { success: '', failure: ' (failed)', denied: ' (denied)' };
