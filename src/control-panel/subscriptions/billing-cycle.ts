import { addMonths } from '../../lib/time/calendar';
import type { Subscription } from './subscription.entity';

type Cycle = Pick<Subscription, 'cycleStartedAt' | 'endsAt' | 'billingCycleMonths'>;

/**
 * When the cycle after the current one ends: so many calendar months later, at the same time of day in UTC. What ends on
 * the last day of a month because that month lacks the day on which it began (or last renewed) goes back to that day as
 * soon as a month has it: 31 January, 28 February, 31 March.
 */
export function calculateNextEnd({
  endsAt,
  cycleStartedAt,
  billingCycleMonths,
  createdAt,
}: Cycle & { createdAt: Date }): Date {
  const end = addMonths(endsAt, billingCycleMonths);
  if (endsAt.getUTCDate() < daysInMonth(endsAt)) return end;
  const anchor = Math.max(...[endsAt, cycleStartedAt, createdAt].map((moment) => moment.getUTCDate()));
  end.setUTCDate(Math.min(anchor, daysInMonth(end)));
  return end;
}

function daysInMonth(moment: Date): number {
  return new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate();
}

/** What a cycle costs, in minor units of one currency, and how many months it has. */
export interface CyclePrice {
  readonly price: number;
  readonly billingCycleMonths: number;
}

/**
 * What a change of the price in the middle of a cycle costs at once, in minor units: the difference of both prices over
 * the current cycle, times the part of the cycle that is left, to the millisecond. A price for a cycle of another length
 * counts by the month. Rounded half up to a minor unit, once, at the end; never below 0: nothing is given back.
 */
export function proratePriceDifference(current: Cycle & CyclePrice, next: CyclePrice, now: Date): number {
  const total = BigInt(current.endsAt.getTime() - current.cycleStartedAt.getTime());
  const left = min(BigInt(current.endsAt.getTime() - now.getTime()), total);
  // In whole numbers as far as they go: an amount times milliseconds is more than a double holds exactly.
  const [months, nextMonths] = [BigInt(current.billingCycleMonths), BigInt(next.billingCycleMonths)];
  const difference = BigInt(next.price) * months - BigInt(current.price) * nextMonths;
  if (difference <= 0n || left <= 0n) return 0;
  const [dividend, divisor] = [difference * left, nextMonths * total];
  return Number((2n * dividend + divisor) / (2n * divisor));
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
