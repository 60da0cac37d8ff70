import { addMonths } from '../../lib/time/calendar';
import type { Subscription } from './subscription.entity';

type Cycle = Pick<Subscription, 'cycleStartedAt' | 'endsAt'>;

/**
 * Returns the end of the next billing cycle: the given number of calendar months later, at the same time of day in UTC.
 * If a month is too short, the cycle ends on its last day, and later cycles return to the original day: 31 January, 28
 * February, 31 March.
 */
export function calculateNextEnd({
  endsAt,
  cycleStartedAt,
  billingCycleMonths,
  createdAt,
}: Cycle & Pick<Subscription, 'billingCycleMonths' | 'createdAt'>): Date {
  const end = addMonths(endsAt, billingCycleMonths);
  if (endsAt.getUTCDate() < daysInMonth(endsAt)) return end;
  const anchor = Math.max(...[endsAt, cycleStartedAt, createdAt].map((moment) => moment.getUTCDate()));
  end.setUTCDate(Math.min(anchor, daysInMonth(end)));
  return end;
}

function daysInMonth(moment: Date): number {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The price of a billing cycle, in minor units, and its length in months. */
export interface CyclePrice {
  readonly price: number;
  readonly billingCycleMonths: number;
}

/**
 * Returns the amount to charge for a price change in the middle of a billing cycle, in minor units: the price
 * difference for the current cycle, times the part of the cycle that is left, to the millisecond. Prices for cycles of
 * different lengths are compared by the month. The current cycle has a length of its own, because an earlier upgrade in
 * it can have changed the price and the length of the next cycles. The result is rounded half up, once, and is never
 * below 0: nothing is refunded.
 */
export function proratePriceDifference(
  current: Cycle & CyclePrice & Pick<Subscription, 'cycleMonths'>,
  next: CyclePrice,
  now: Date,
): number {
  const total = BigInt(current.endsAt.getTime() - current.cycleStartedAt.getTime());
  const left = min(BigInt(current.endsAt.getTime() - now.getTime()), total);
  // Uses BigInt because an amount times milliseconds can exceed the safe integers.
  const [months, nextMonths] = [BigInt(current.billingCycleMonths), BigInt(next.billingCycleMonths)];
  const difference = BigInt(next.price) * months - BigInt(current.price) * nextMonths;
  if (difference <= 0n || left <= 0n) return 0;
  const [dividend, divisor] = [difference * BigInt(current.cycleMonths) * left, months * nextMonths * total];
  return Number((2n * dividend + divisor) / (2n * divisor));
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
