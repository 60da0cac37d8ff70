import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { ActivityType, type Outcome } from '../audit/catalogue/activity-type';
import type { PastAction } from '../audit/recording/recorder';
import { DEMO_ACCOUNT, type DemoAccount } from './demo-accounts';
import { SCENES, type Scene } from './demo-scenes';
import { Dice } from './dice';
import { Shop } from './shop';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const DAYS = 90;

/** The row that the report's documentation shows, at 11:46:01 in Bucharest. */
const SEED_ROW: PastAction = {
  actor: actorOf('John Doe'),
  occurredAt: new Date('2014-06-10T11:46:01+03:00'),
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

/** About 20,000 activities of the last 90 days: office hours, few on weekends, some failed or denied; the same each time. */
export function demoHistory(now: Date): PastAction[] {
  const dice = new Dice(20140610);
  const shop = new Shop(dice);
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const actions = Array.from({ length: DAYS + 1 }, (_, day) => today - (DAYS - day) * DAY).flatMap((midnight) =>
    DEMO_ACCOUNT.users.flatMap((user) => workingDay(user, midnight, dice, shop)),
  );
  const past = actions.filter(({ occurredAt }) => occurredAt < now);
  return [SEED_ROW, ...past].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
}

/** From login to logout, with what the user does in between. */
function workingDay(user: DemoAccount['users'][number], midnight: number, dice: Dice, shop: Shop): PastAction[] {
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  if (isWeekend && !dice.chance(0.25)) return [];
  const scenes = SCENES.filter(({ roles }) => roles.includes(roleOf(user)));
  const origin = { ipAddress: `203.0.113.${10 + DEMO_ACCOUNT.users.indexOf(user)}`, userAgent: USER_AGENT };
  const begin = midnight + 6 * HOUR + dice.upTo(HOUR);
  const length = (isWeekend ? 2 : 9) * HOUR;
  const count = isWeekend ? 10 + dice.upTo(10) : roleOf(user) === 'support' ? 72 + dice.upTo(36) : 14 + dice.upTo(20);
  const at = (moment: number, type: ActivityType, fields: Partial<ActivityFields>, outcome: Outcome): PastAction => ({
    actor: actorOf(user.name),
    occurredAt: new Date(moment),
    origin: { ...origin, requestId: `demo-${dice.letters(12)}` },
    type,
    outcome,
    fields: outcome === 'success' ? fields : { ...fields, details: { ...fields.details, error: ERRORS[outcome] } },
  });
  const moments = Array.from({ length: count }, () => begin + 1000 + dice.upTo(length)).sort((a, b) => a - b);
  return [
    ...(dice.chance(0.06) ? [at(begin - 20_000, ActivityType.UserLogin, {}, 'failure')] : []),
    at(begin, ActivityType.UserLogin, {}, 'success'),
    ...moments.map((moment) => {
      const scene: Scene = dice.weighted(scenes);
      return at(
        moment,
        scene.type,
        scene.fields(shop, dice),
        dice.chance(0.02) ? (dice.chance(0.3) ? 'denied' : 'failure') : 'success',
      );
    }),
    at(begin + length + 60_000, ActivityType.UserLogout, {}, 'success'),
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
  const { id } = DEMO_ACCOUNT.users.find(({ name }) => name === userName)!;
  return { accountId: DEMO_ACCOUNT.id, userId: id, userName };
}
