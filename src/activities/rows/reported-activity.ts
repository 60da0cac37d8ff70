import type { Activity } from '../../audit/recording/activity.entity';

/** The columns of a record that a page of the report shows, by the names of its properties. */
const COLUMNS = {
  id: 'id',
  userId: 'user_id',
  userName: 'user_name',
  userEmail: 'user_email',
  activity: 'activity',
  outcome: 'outcome',
  subscriptionReference: 'subscription_reference',
  orderReference: 'order_reference',
  amount: 'amount',
  currency: 'currency',
  billingCycles: 'billing_cycles',
  comment: 'comment',
  page: 'page',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  requestId: 'request_id',
  sentBy: 'sent_by',
  details: 'details',
} as const satisfies Partial<Record<keyof Activity, string>>;

/** The columns of `StoredActivity`, for a query. */
export const REPORTED_COLUMNS = Object.entries(COLUMNS)
  .map(([property, column]) => `${column} AS ${property}`)
  .join(', ');

/** A record as a page of the report shows it. */
export type ReportedActivity = Omit<Pick<Activity, keyof typeof COLUMNS>, 'details'> & {
  /** JSON. */
  readonly details: string | null;
};
/** A row as the driver returns it: a 64-bit integer can be text. */
export type StoredActivity = Omit<ReportedActivity, 'amount'> & { readonly amount: number | string | null };

/** Converts a row that the driver returned. */
export function reportedActivity(row: StoredActivity): ReportedActivity {
  return { ...row, amount: row.amount === null ? null : Number(row.amount) };
}
