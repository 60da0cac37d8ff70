import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import type { Renewal, Subscription } from './subscription.entity';

/** One day, in milliseconds. */
const DAY = 24 * 60 * 60_000;
/** The maximum number of days from now to the end of a subscription: about 100 years. */
const MAX_DAYS_AHEAD = 36_525;

/** Refuses an action that requires an active subscription. The problem code contains the actual status. */
export function assertActive({ status }: Subscription): void {
  if (status === 'active') return;
  throw Problem.conflict(
    `subscription_${status}`,
    `The subscription is ${status}; this action requires an active subscription.`,
  );
}

/** Refuses to change an expired subscription. */
export function assertNotExpired({ status }: Subscription): void {
  if (status !== 'expired') return;
  throw Problem.conflict('subscription_expired', 'The subscription has expired, so it cannot be changed.');
}

/** Refuses to enable a subscription that is not canceled, or that is past its end. */
export function assertCanBeEnabled({ status, endsAt }: Subscription, now: Date): void {
  if (status !== 'canceled') {
    throw Problem.conflict(
      `subscription_${status}`,
      `The subscription is ${status}; only a canceled subscription can be enabled.`,
    );
  }
  if (endsAt > now) return;
  throw Problem.conflict(
    'subscription_ended',
    'The subscription is canceled and past its end, so it cannot be enabled.',
  );
}

/** Refuses to change the renewal of a subscription to its current value. */
export function assertRenewalDiffers({ renewal }: Subscription, requested: Renewal): void {
  if (renewal !== requested) return;
  throw Problem.conflict(`renewal_${renewal}`, `The subscription is active and its billing is already ${renewal}.`);
}

/** Refuses a subscription end that is too far in the future. */
export function assertNotTooLate(endsAt: Date, now: Date): void {
  if (endsAt.getTime() <= now.getTime() + MAX_DAYS_AHEAD * DAY) return;
  const message = 'The subscription would end more than 100 years from now. Send fewer days.';
  throw Problem.unprocessable('end_too_late', inBody('days'), message);
}

/** Refuses an expired card. A card is valid until the end of its last month, in UTC. */
export function assertCardNotExpired({ expires }: { readonly expires: string }, now: Date): void {
  if (expires >= now.toISOString().slice(0, 7)) return;
  const message = `The card expired at the end of ${expires}.`;
  throw Problem.unprocessable('card_expired', inBody('expires'), message);
}

/** Refuses a price in another currency than the subscription's. */
export function assertSameCurrency({ currency }: Subscription, requested: string): void {
  if (currency === requested) return;
  const message = `The subscription is paid in ${currency}, so its price cannot be in ${requested}.`;
  throw Problem.unprocessable('currency_mismatch', inBody('currency'), message);
}
