import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { ActivityType, type Outcome } from '../audit/catalogue/activity-type';
import type { PastAction } from '../audit/recording/activity-row';
import { DEMO_ACCOUNT, type DemoAccount } from './demo-accounts';
import { DEMO_ACTIONS, SEED_ID, SEED_TIME, type DemoAction } from './demo-actions';
import { SeededRandom } from './seeded-random';
import { RandomOrders } from './random-orders';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const DAYS = 90;

/** The example row of the report's documentation, at 11:46:01 in Bucharest. */
const SEED_ROW: PastAction = {
  id: SEED_ID,
  actor: actorOf('John Doe'),
  occurredAt: SEED_TIME,
  type: ActivityType.RefundCanceled,
  outcome: 'success',
  fields: {
    subscriptionReference: 'ABCD123',
    orderReference: '1234567',
    amount: 5000,
    currency: 'USD',
    billingCycles: 1,
    comment: 'Customer request',
  },
};

/**
 * Creates about 20,000 activities of the last 90 days: during office hours, few on weekends, some failed or denied.
 * They are the same each time.
 */
export function createDemoHistory(now: Date): PastAction[] {
  const random = new SeededRandom(20140610);
  const orders = new RandomOrders(random);
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const actions = Array.from({ length: DAYS + 1 }, (_, day) => today - (DAYS - day) * DAY).flatMap((midnight) =>
    DEMO_ACCOUNT.users.flatMap((user) => createWorkingDay(user, midnight, random, orders)),
  );
  const past = actions.filter(({ occurredAt }) => occurredAt < now);
  return [SEED_ROW, ...past].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
}

/** Creates the activities of a user on one day, from login to logout; none on most weekend days. */
function createWorkingDay(
  user: DemoAccount['users'][number],
  midnight: number,
  random: SeededRandom,
  orders: RandomOrders,
): PastAction[] {
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  if (isWeekend && !random.chance(0.25)) return [];
  const actions = DEMO_ACTIONS.filter(({ roles }) => roles.includes(roleOf(user)));
  const origin = { ipAddress: `203.0.113.${10 + DEMO_ACCOUNT.users.indexOf(user)}`, userAgent: USER_AGENT };
  const start = midnight + 6 * HOUR + random.integerBelow(HOUR);
  const length = (isWeekend ? 2 : 9) * HOUR;
  const count = isWeekend
    ? 10 + random.integerBelow(10)
    : roleOf(user) === 'support'
      ? 72 + random.integerBelow(36)
      : 14 + random.integerBelow(20);
  const createAction = (
    moment: number,
    type: ActivityType,
    fields: Partial<ActivityFields>,
    outcome: Outcome,
  ): PastAction => ({
    actor: actorOf(user.name),
    occurredAt: new Date(moment),
    origin: { ...origin, requestId: `demo-${random.letters(12)}` },
    type,
    outcome,
    fields: outcome === 'success' ? fields : { ...fields, details: { ...fields.details, error: ERRORS[outcome] } },
  });
  const moments = Array.from({ length: count }, () => start + 1000 + random.integerBelow(length)).sort((a, b) => a - b);
  return [
    ...(random.chance(0.06) ? [createAction(start - 20_000, ActivityType.UserLogin, {}, 'failure')] : []),
    createAction(start, ActivityType.UserLogin, {}, 'success'),
    ...moments.map((moment) => {
      const action: DemoAction = random.pickWeighted(actions);
      return createAction(
        moment,
        action.type,
        action.fields(orders, random),
        random.chance(0.02) ? (random.chance(0.3) ? 'denied' : 'failure') : 'success',
      );
    }),
    createAction(start + length + 60_000, ActivityType.UserLogout, {}, 'success'),
  ];
}

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const ERRORS: Record<Exclude<Outcome, 'success'>, string> = { failure: 'state_conflict', denied: 'privilege_missing' };

function roleOf({ roleId }: DemoAccount['users'][number]): 'manager' | 'auditor' | 'support' {
  return (
    (['manager', 'auditor', 'support'] as const)[DEMO_ACCOUNT.roles.findIndex(({ id }) => id === roleId)] ?? 'support'
  );
}

function actorOf(userName: string): PastAction['actor'] {
  const user = DEMO_ACCOUNT.users.find(({ name }) => name === userName);
  if (!user) throw new Error(`The demo account has no user ${userName}.`);
  return { accountId: DEMO_ACCOUNT.id, userId: user.id, userName, userEmail: user.email };
}
