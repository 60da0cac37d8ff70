import { formatAmount } from '../../../src/lib/money';
import { COLUMNS, generateRows } from '../rows/activity-rows';
import { buildUsers } from '../rows/people';

const OPTIONAL_FIELDS = {
  subscription_reference: 'subscriptionReference',
  order_reference: 'orderReference',
  currency: 'currency',
  billing_cycles: 'billingCycles',
  comment: 'comment',
  page: 'page',
  ip_address: 'ipAddress',
  user_agent: 'userAgent',
} as const;

/** Returns distinct records of the last hour, with the values of generated rows. */
export function createRecords(count: number, keyPrefix: string): readonly object[] {
  const start = Date.now() - 3_600_000;
  const records: object[] = [];
  for (const row of generateRows({ accountId: '', users: buildUsers(0) }, count)) {
    const values = Object.fromEntries(COLUMNS.map((column, place) => [column, row[place] ?? null]));
    const fields = Object.entries(OPTIONAL_FIELDS).flatMap(([column, field]) =>
      values[column] === null ? [] : [[field, values[column]]],
    );
    records.push({
      key: `${keyPrefix}-${records.length}`,
      occurredAt: new Date(start + Math.floor((records.length / count) * 3_000_000)).toISOString(),
      activity: values.activity,
      outcome: values.outcome,
      user: { id: values.user_id },
      ...(values.amount !== null && { amount: formatAmount(Number(values.amount), String(values.currency)) }),
      ...Object.fromEntries(fields),
    });
  }
  return records;
}
