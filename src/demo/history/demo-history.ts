import { ActivityType } from '../../audit/catalogue/activity-type';
import type { PastAction, RecordedAction } from '../../audit/recording/activity-row';
import { at as elementAt } from '../../lib/elements';
import { SeededRandom } from '../../lib/seeded-random';
import { DEMO_ACCOUNT, jobOf, type DemoUser } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';
import { createDocumentedOrder } from '../shop/documented-order';
import { DEMO_ACTIONS } from './demo-actions';
import { DemoWorld } from './demo-world';
import { openingOfManager, openingOfSupport } from './opening-day';
import { viewPage } from './page-views';
import { planWorkingDays, type Step } from './working-days';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const MINUTE = 60_000;
const DAYS = 90;
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** The activities of the demo, oldest first, and the world as they left it. */
export interface DemoHistory {
  readonly activities: readonly PastAction[];
  readonly world: DemoWorld;
}

/**
 * Makes the history of the last 90 days: about 20,000 activities during office hours, few on weekends, some failed or
 * denied. Each changes the demo's orders, subscriptions, users and so on, so what a record says is what one finds. The
 * same day always has the same history.
 */
export function createDemoHistory(now: Date): DemoHistory {
  const random = new SeededRandom(20140610);
  const world = new DemoWorld(random);
  const firstMidnight = (Math.floor(now.getTime() / DAY) - DAYS) * DAY;
  const activities = [recordDocumentedRow(world), ...open(world, firstMidnight + 4 * HOUR)];
  let last = 0;
  for (const step of planWorkingDays(firstMidnight, DAYS + 1, random)) {
    // No two activities have the same time, so that the order of what depends on each other is certain.
    last = Math.max(step.at, last + 1);
    if (last >= now.getTime()) break;
    activities.push(toPast(step.user, perform(world, step, new Date(last)), last, random));
  }
  return { activities, world };
}

/** Creates the order of the report's documentation, and returns the row that the documentation shows. */
function recordDocumentedRow({ shop }: DemoWorld): PastAction {
  const documented = createDocumentedOrder(shop);
  const john = elementAt(DEMO_ACCOUNT.users, 2);
  return { actor: actorOf(john), occurredAt: documented.canceledAt, ...documented.record };
}

/** Records what users set up before the first working day. */
function open(world: DemoWorld, start: number): PastAction[] {
  const [manager, john] = [DEMO_ACCOUNT.users[0], elementAt(DEMO_ACCOUNT.users, 2)];
  const steps = [
    ...openingOfManager(world).map((act) => ({ act, user: manager })),
    ...openingOfSupport(world).map((act) => ({ act, user: john })),
  ];
  return steps.map(({ act, user }, index) => {
    const at = start + index * 3 * MINUTE;
    return toPast(user, act(new Date(at), user), at, world.random);
  });
}

function perform(world: DemoWorld, { user, kind }: Step, at: Date): RecordedAction {
  if (kind === 'login') return succeeded(ActivityType.UserLogin, {});
  if (kind === 'logout') return succeeded(ActivityType.UserLogout, {});
  if (kind === 'failed login') return failed(ActivityType.UserLogin, 'credentials_invalid');
  const job = jobOf(user);
  const action = world.random.pickWeighted(DEMO_ACTIONS[job]);
  return action.perform(world, at, user) ?? viewPage(world, job);
}

/** Adds to a record who did it, when and from where. */
function toPast(user: DemoUser, action: RecordedAction, at: number, random: SeededRandom): PastAction {
  const ipAddress = `203.0.113.${10 + DEMO_ACCOUNT.users.indexOf(user)}`;
  const origin = { ipAddress, userAgent: USER_AGENT, requestId: `demo-${random.letters(12)}` };
  return { actor: actorOf(user), occurredAt: new Date(at), origin, ...action };
}

function actorOf({ id: userId, name: userName, email: userEmail }: DemoUser): PastAction['actor'] {
  return { accountId: DEMO_ACCOUNT.id, userId, userName, userEmail };
}
