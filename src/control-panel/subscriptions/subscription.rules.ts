import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import type { Renewal, Subscription } from './subscription.entity';

const DAY = 24 * 60 * 60_000;
/** Days from now beyond which nothing is extended: about a hundred years. */
const MAX_DAYS_AHEAD = 36_525;

/** Refuses what only an active subscription allows; the code names the state that it is in. */
export function assertActive({ status }: Subscription): void {
  if (status === 'active') return;
  throw Problem.conflict(
    `subscription_${status}`,
    `The subscription is ${status}; this action requires an active subscription.`,
  );
}

/** Refuses what an expired subscription does not allow any more. */
export function assertNotExpired({ status }: Subscription): void {
  if (status !== 'expired') return;
  throw Problem.conflict('subscription_expired', 'The subscription has expired, so it cannot be changed.');
}

/** Refuses to enable anything but a canceled subscription that would not have ended yet. */
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

/** Refuses to set the renewal of an active subscription to what it is. */
export function assertRenewalDiffers({ renewal }: Subscription, wanted: Renewal): void {
  if (renewal !== wanted) return;
  throw Problem.conflict(`renewal_${renewal}`, `The subscription is active and its billing is already ${renewal}.`);
}

/** Refuses an end of a subscription that lies too far ahead. */
export function assertNotTooLate(endsAt: Date, now: Date): void {
  if (endsAt.getTime() <= now.getTime() + MAX_DAYS_AHEAD * DAY) return;
  const message = 'The subscription would end more than 100 years from now. Send fewer days.';
  throw Problem.unprocessable('end_too_late', inBody('days'), message);
}

/** Refuses an expired card. A card is good until the end of its month, in UTC. */
export function assertCardNotExpired({ expires }: { readonly expires: string }, now: Date): void {
  if (expires >= now.toISOString().slice(0, 7)) return;
  const message = `The card expired at the end of ${expires}.`;
  throw Problem.unprocessable('card_expired', inBody('expires'), message);
}

/** Refuses a price in another currency than the subscription's. */
export function assertSameCurrency({ currency }: Subscription, wanted: string): void {
  if (currency === wanted) return;
  const message = `The subscription is paid in ${currency}, so its price cannot be in ${wanted}.`;
  throw Problem.unprocessable('currency_mismatch', inBody('currency'), message);
}
