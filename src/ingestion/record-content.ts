import { hash } from 'node:crypto';
import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { parseAmount } from '../lib/money';
import { parseInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';

/** Returns the columns that a valid record has, always in this order. */
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
 * Returns the content of a valid record as a canonical text, which does not depend on how times and amounts are
 * written, or on the order of the fields. Its fingerprint is stored and compared years later, so append new fields at
 * the end, and leave them out of the text of records without them.
 */
export function contentOf(record: IncomingActivity): string {
  return formatContent(record, columnsOf(record), parseInstant(record.occurredAt));
}

/** Returns the content of a valid record whose columns and time are known. */
export function formatContent(
  record: IncomingActivity,
  columns: Partial<ActivityFields>,
  occurredAt: Date | undefined,
): string {
  const { activity, outcome, user, ipAddress, userAgent } = record;
  return JSON.stringify({
    occurredAt,
    activity,
    outcome: outcome ?? 'success',
    user: 'id' in user ? [user.id] : [user.name, user.email],
    ...columns,
    ipAddress,
    userAgent,
  });
}

/**
 * Returns the SHA-256 hash of a record's content, in letters only: digits might look like a card number, which is
 * masked before a record is stored.
 */
export function fingerprintOf(content: string): string {
  let fingerprint = '';
  for (const byte of hash('sha256', content, 'buffer')) fingerprint += LETTERS_OF_BYTE[byte] ?? '';
  return fingerprint;
}

/** The two letters of each byte: its hexadecimal digits, with `g` to `p` for 0 to 9. */
const LETTERS_OF_BYTE = Array.from({ length: 256 }, (_, byte) =>
  [byte >> 4, byte & 15].map((digit) => 'ghijklmnopabcdef'.charAt(digit)).join(''),
);
