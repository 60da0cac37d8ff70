import { Problem } from '../../http/problems/problem';
import type { Renewal, Subscription } from './subscription.entity';

/** Refuses what only an active subscription allows; the code names the state that it is in. */
export function assertActive({ status }: Subscription): void {
  if (status === 'active') return;
  throw Problem.conflict(`subscription_${status}`, `The subscription is ${status}; this needs an active one.`);
}

/** Refuses what an expired subscription does not allow any more. */
export function assertNotExpired({ status }: Subscription): void {
  if (status !== 'expired') return;
  throw Problem.conflict('subscription_expired', 'The subscription is expired: it has ended for good.');
}

/** Refuses to enable anything but a canceled subscription that would not have ended yet. */
export function assertCanBeEnabled({ status, endsAt }: Subscription, now: Date): void {
  if (status !== 'canceled') {
    throw Problem.conflict(
      `subscription_${status}`,
      `The subscription is ${status}; only a canceled one can be enabled.`,
    );
  }
  if (endsAt > now) return;
  throw Problem.conflict(
    'subscription_ended',
    'The subscription is canceled and past its end: it can not be enabled any more.',
  );
}

/** Refuses to set the renewal of an active subscription to what it is. */
export function assertRenewalDiffers({ renewal }: Subscription, wanted: Renewal): void {
  if (renewal !== wanted) return;
  const is = { automatic: 'active and its billing is automatic', stopped: 'active and its billing is stopped' }[
    renewal
  ];
  throw Problem.conflict(`renewal_${renewal}`, `The subscription is ${is} already.`);
}
