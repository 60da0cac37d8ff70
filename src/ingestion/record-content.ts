import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { parseAmount } from '../lib/money';
import { sha256 } from '../lib/sha256';
import { parseInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';

/** The columns of a valid record, in this order, without those that it lacks. */
export function columnsOf(record: IncomingActivity): Partial<ActivityFields> {
  const { subscriptionReference, orderReference, amount, currency, billingCycles, comment, page } = record;
  const minor = amount !== undefined && currency !== undefined ? parseAmount(amount, currency) : undefined;
  return {
    ...(subscriptionReference !== undefined && { subscriptionReference }),
    ...(orderReference !== undefined && { orderReference }),
    ...(minor !== undefined && { amount: minor }),
    ...(currency !== undefined && { currency }),
    ...(billingCycles !== undefined && { billingCycles }),
    ...(comment !== undefined && { comment }),
    ...(page !== undefined && { page }),
  };
}

/**
 * What a valid record says, as a text that two records share exactly when they say the same: however their times and
 * amounts are written, and whatever order their fields come in. What was stored of it must be found again years later, so a
 * field that is added goes to the end, and records without it have the text that they had before.
 */
export function contentOf(record: IncomingActivity): string {
  const { occurredAt, activity, outcome, user, ipAddress, userAgent } = record;
  return JSON.stringify({
    occurredAt: parseInstant(occurredAt),
    activity,
    outcome: outcome ?? 'success',
    user: 'id' in user ? [user.id] : [user.name, user.email],
    ...columnsOf(record),
    ipAddress,
    userAgent,
  });
}

/**
 * What is kept of a record's content, to know it again: its SHA-256 in letters alone, because hexadecimal digits may look
 * like the number of a card, which no record keeps.
 */
export function fingerprintOf(content: string): string {
  return sha256(content).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}
