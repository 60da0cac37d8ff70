import fc from 'fast-check';
import { ACTIVITY_TYPES } from '../../../src/audit/catalogue/activity-type';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { SeededRandom } from '../../../src/lib/seeded-random';
import { createKeyedId } from '../../../src/lib/time-ordered-id';
import {
  AMOUNTS,
  edgesOf,
  EMAILS,
  filteredColumns,
  filterFields,
  intervalOf,
  queryOf,
  testOf,
  type GeneratedFilter,
} from '../../support/generated-filters';
import type { Person } from '../../support/person';
import { scaled } from '../../support/scale';
import { summarize, SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const ROWS = 6000;
/** Clocks change in Bucharest, in São Paulo (at midnight) and on Lord Howe Island (by half an hour). */
const FROM = Date.parse('2018-09-20T00:00:00Z');
const TO = Date.parse('2019-04-20T00:00:00Z');
/** Clocks change on most of them, in one of the time zones. */
const DAYS = [
  ...['2018-09-30', '2018-10-07', '2018-10-28', '2018-11-04', '2018-12-31', '2019-02-16', '2019-03-10', '2019-03-31'],
  ...['2019-04-07', '2019-04-19'],
];
const TYPES = ACTIVITY_TYPES.filter((_, place) => place % 5 === 0);
const ZONES = [
  'Europe/Bucharest',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];
const SPACE = { from: FROM, to: TO, days: DAYS, types: TYPES, timeZones: ZONES, users: 4 };
/** Two of these make a sum that is not exact in a JavaScript number. */
const LARGEST = Number.MAX_SAFE_INTEGER;
const GROUPINGS = ['day', 'week', 'month', 'hourOfDay', 'user', 'activity', 'group', 'outcome'];
const SEED = Number(process.env.REPORT_SEED ?? Date.now() % 1_000_000);

describe(`the summary of random activities (REPORT_SEED=${SEED})`, () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');
  let stored: Activity[];
  let users: Person[];
  let known: Map<string, Person['user']>;

  beforeAll(async () => {
    users = [manager];
    for (const name of ['Ann', '=Bob', 'Zoë, "Z"'])
      users.push(await service.newUser(manager, `u${users.length}@one.example`, name));
    known = new Map(users.map(({ user }) => [user.id, user]));
    const random = new SeededRandom(SEED);
    stored = createActivities(users, ROWS, random);
    await insert(stored);
    await insert(createActivities([other], ROWS / 10, random));
  }, 360_000);

  const insert = async (activities: readonly Activity[]) => {
    for (let start = 0; start < activities.length; start += 500)
      await service.writeSource.manager.insert(Activity, activities.slice(start, start + 500));
  };

  const groupings = fc
    .subarray(GROUPINGS, { minLength: 1, maxLength: 2 })
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }))
    .filter((some) => some.filter((grouping) => ['day', 'week', 'month'].includes(grouping)).length < 2);
  const requests = fc.record({ ...filterFields(SPACE), groupBy: groupings });
  interface Request extends GeneratedFilter {
    readonly groupBy: readonly string[];
  }

  const check = async ({ groupBy, ...filter }: Request) => {
    const matching = stored.filter(testOf(filter, users));
    const expected = summarize(matching, intervalOf(filter), filter.timeZone, groupBy, known);
    const { body } = await manager.get(SUMMARY, { groupBy, ...queryOf(filter, users) }).expect(200);
    expect(body.totals).toEqual(expected.totals);
    expect(body.data).toEqual(expected.rows);
  };

  it('has the counts and sums of a plain computation', async () => {
    await fc.assert(fc.asyncProperty(requests, check), { seed: SEED, numRuns: scaled(100, 15) });
  }, 1_800_000);

  it.each(GROUPINGS)(
    'has them for everything, by %s',
    async (grouping) => {
      for (const timeZone of ZONES) await check({ interval: [FROM, TO], timeZone, groupBy: [grouping] });
    },
    360_000,
  );

  it.each<[string, Partial<GeneratedFilter>]>([
    ['a reference with a space at its end', { subscriptionReference: ['ORD-1 '] }],
    ['an order and a subscription', { orderReference: ['ORD-1'], subscriptionReference: ['%', '\u00e9'] }],
    ['a group', { activityGroup: ['Orders'] }],
    ['all users but one', { excludedUsers: [1] }],
    ['an email address', { userEmail: [EMAILS[0]!] }],
    ['an IP address', { ipAddress: ['2001:DB8:0:0::1'] }],
    ['a request', { requestId: ['request-1'] }],
    ['a sender', { sentBy: ['API key: crm'] }],
    ['days', { interval: ['2018-11-04', '2019-02-16'], timeZone: 'America/Sao_Paulo' }],
  ])('has them for what a filter finds: %s', async (_, filter) => {
    const whole = { interval: [FROM, TO], timeZone: 'Europe/Bucharest' } as const;
    await check({ ...whole, ...filter, groupBy: ['month', 'user'] });
  });
});

/**
 * Creates activities of users and of persons who are not users, dense at some times and sparse at others. Some are where a
 * local day begins or ends.
 */
function createActivities(users: readonly Person[], rows: number, random: SeededRandom): Activity[] {
  const edges = edgesOf(SPACE);
  const period = (TO - FROM) / 8;
  return Array.from({ length: rows }, (_, number) => {
    const place = random.pick([0, 0, 0, 3, 7]);
    const isAtEdge = random.integerBelow(8) === 0;
    const at = new Date(
      isAtEdge ? random.pick(edges) : Math.floor(FROM + place * period + random.integerBelow(period)),
    );
    const { user } = random.pick(users);
    const isKnown = number % 7 !== 0;
    const hasAmount = number % 3 !== 0;
    return Object.assign(new Activity(), {
      accountId: user.account.id,
      id: createKeyedId(at, `${number}`),
      occurredAt: at,
      userId: isKnown ? user.id : null,
      userName: isKnown ? 'An earlier name' : random.pick(['Nadia Night', 'Nadia Night ', 'Ștefan 😀']),
      activity: random.pick(TYPES),
      outcome: random.pick(['success', 'success', 'success', 'failure', 'denied'] as const),
      amount: hasAmount ? random.pick([...AMOUNTS, LARGEST]) : null,
      currency: hasAmount ? random.pick(['USD', 'JPY', 'KWD']) : null,
      ...filteredColumns(random, number),
    });
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
}
