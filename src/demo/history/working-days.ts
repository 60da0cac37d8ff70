import type { SeededRandom } from '../../lib/seeded-random';
import { DEMO_ACCOUNT, jobOf, type DemoUser } from '../accounts/demo-accounts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;

/** A moment at which a user does something. */
export interface Step {
  readonly at: number;
  readonly user: DemoUser;
  readonly kind: 'failed login' | 'login' | 'action' | 'logout';
}

/** Plans what users do when: from login to logout, during office hours, on few weekend days. Sorted by time. */
export function planWorkingDays(firstMidnight: number, days: number, random: SeededRandom): Step[] {
  const steps: Step[] = [];
  for (let day = 0; day < days; day++) {
    const midnight = firstMidnight + day * DAY;
    for (const user of DEMO_ACCOUNT.users) steps.push(...planWorkingDay(user, midnight, random));
  }
  return steps.sort((a, b) => a.at - b.at);
}

function planWorkingDay(user: DemoUser, midnight: number, random: SeededRandom): Step[] {
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  if (isWeekend && !random.chance(0.25)) return [];
  const start = midnight + 6 * HOUR + random.integerBelow(HOUR);
  const length = (isWeekend ? 2 : 9) * HOUR;
  const actions = Array.from({ length: pickNumberOfActions(user, isWeekend, random) }, () => ({
    at: start + 1000 + random.integerBelow(length),
    user,
    kind: 'action' as const,
  }));
  return [
    ...(random.chance(0.06) ? [{ at: start - 20_000, user, kind: 'failed login' as const }] : []),
    { at: start, user, kind: 'login' },
    ...actions,
    { at: start + length + 60_000, user, kind: 'logout' },
  ];
}

function pickNumberOfActions(user: DemoUser, isWeekend: boolean, random: SeededRandom): number {
  if (isWeekend) return 10 + random.integerBelow(10);
  return jobOf(user) === 'support' ? 72 + random.integerBelow(36) : 14 + random.integerBelow(20);
}
