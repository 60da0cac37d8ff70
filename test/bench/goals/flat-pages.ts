import { reportPath, type Bench } from '../bench';
import { INTERVAL } from '../rows/activity-rows';
import type { BenchUser } from '../rows/people';
import type { Client } from '../service/client';
import { median } from '../statistics';
import type { Goal } from './goal';

const WARM_UPS = 5;
const REPETITIONS = 25;

/** P9: pages of every filter on the large database, beside the same on a small one. */
export const flatPages: Goal = {
  id: 'P9',
  title: 'pages of every filter, beside a small database',
  measure: async (bench) => {
    const small = await bench.prepareSmall();
    const times = await bench.withService((large) =>
      bench.withService((beside) => measureFilters(bench, large.manager, beside.manager), { database: small }),
    );
    const worst = times.reduce((a, b) => (b.large / b.small > a.large / a.small ? b : a));
    return [
      {
        goal: 'P9',
        what: `the page that grows most of ${times.length} filters: ${worst.filter}`,
        unit: 'ms',
        ours: worst.large,
        baseline: { what: `the same with ${small.rows.toLocaleString('en')} rows`, value: worst.small },
        bound: { atMost: 3 },
        details: times,
      },
      { goal: 'P9', what: 'the slowest page of them', unit: 'ms', ours: Math.max(...times.map(({ large }) => large)) },
    ];
  },
};

async function measureFilters({ database: { users } }: Bench, large: Client, small: Client) {
  const times: { filter: string; large: number; small: number }[] = [];
  for (const [filter, ...query] of listFilters(users)) {
    const path = reportPath(...query);
    const values = { large: [] as number[], small: [] as number[] };
    for (let place = 0; place < WARM_UPS + REPETITIONS; place++) {
      const pair = { large: await timePage(large, path), small: await timePage(small, path) };
      if (place < WARM_UPS) continue;
      values.large.push(pair.large);
      values.small.push(pair.small);
    }
    times.push({ filter, large: median(values.large), small: median(values.small) });
  }
  return times;
}

async function timePage(client: Client, path: string): Promise<number> {
  const start = performance.now();
  await client.get(path);
  return performance.now() - start;
}

/** Lists the filters by name. */
function listFilters(users: readonly BenchUser[]): [name: string, ...query: string[]][] {
  const user = (place: number) => `userId=${users.at(place)!.id}`;
  const early = `userId=${users.find(({ period }) => period === 'beginning')!.id}`;
  const late = `userId=${users.find(({ period }) => period === 'end')!.id}`;
  const lazy = user(-1);
  const middle = new Date((INTERVAL.from + INTERVAL.to) / 2).toISOString();
  return [
    ['no filter'],
    ['oldest first', 'order=asc'],
    ['a page of 1000', 'limit=1000'],
    ['from the middle on', 'order=asc', `from=${middle}`],
    ['the busiest user', user(0)],
    ['the laziest user', lazy],
    ['a user who left early', early],
    ['a user who left early, oldest first', early, 'order=asc'],
    ['a user who came late, oldest first', late, 'order=asc'],
    ['ten users', ...[0, 1, 2, 5, 10, 20, 50, 100, 150, -1].map(user)],
    ['a hundred users', ...users.slice(0, 100).map(({ id }) => `userId=${id}`)],
    ['the commonest activity', 'activity=page.accessed'],
    ['a rare activity', 'activity=role.deleted'],
    ['a custom activity', 'activity=custom.crm.note_added'],
    ['three activities', 'activity=page.accessed', 'activity=role.deleted', 'activity=order.placed'],
    ['successes', 'outcome=success'],
    ['denied attempts', 'outcome=denied'],
    ['failed and denied attempts', 'outcome=failure', 'outcome=denied'],
    ['the busiest user, a rare activity', user(0), 'activity=role.deleted'],
    ['the laziest user, a rare activity', lazy, 'activity=role.deleted'],
    ['the busiest user, denied', user(0), 'outcome=denied'],
    ['the laziest user, a rare activity, denied', lazy, 'activity=role.deleted', 'outcome=denied'],
    ['an order', 'orderReference=2000123'],
    ['a hundred orders', ...Array.from({ length: 100 }, (_, place) => `orderReference=${2_000_000 + place}`)],
    ['a subscription', 'subscriptionReference=SUB00000RS'],
    ['a group', 'activityGroup=Orders'],
    ['all activities but page views', 'excludeActivity=page.accessed'],
    ['all users but the busiest', `excludeUserId=${users[0]!.id}`],
    ['large amounts', 'currency=KWD', 'amountFrom=50'],
    ['an email address', `userEmail=${encodeURIComponent(users[0]!.email)}`],
    ['an address', 'ipAddress=203.0.113.7'],
    ['records of a sender', `sentBy=${encodeURIComponent('CRM connector')}`],
    ['a frequent text', 'q=order'],
    ['a request that is not there', 'requestId=none'],
    ['a text that is not there', 'q=neither%20here'],
    ['a text that is not there, of the busiest user', user(0), 'q=neither%20here'],
    ['a text that is not there, in denied attempts', 'outcome=denied', 'q=neither%20here'],
  ];
}
