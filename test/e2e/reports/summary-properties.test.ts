import fc from 'fast-check';
import { ACTIVITY_TYPES, OUTCOMES, type ActivityType } from '../../../src/audit/catalogue/activity-type';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { SeededRandom } from '../../../src/lib/seeded-random';
import { createKeyedId, momentOf } from '../../../src/lib/time-ordered-id';
import type { Person } from '../../support/person';
import { scaled } from '../../support/scale';
import { summarize, SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const ROWS = 6000;
/** Clocks change in Bucharest, in São Paulo (at midnight) and on Lord Howe Island (by half an hour). */
const FROM = Date.parse('2018-09-20T00:00:00Z');
const TO = Date.parse('2019-04-20T00:00:00Z');
const DAY = 24 * 60 * 60_000;
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
/** Two of the largest make a sum that is not exact in a JavaScript number. */
const AMOUNTS = [-100, 0, 1, 1990, 5000, 10 ** 12, Number.MAX_SAFE_INTEGER];
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
  const requests = fc.record({
    groupBy: groupings,
    users: fc.subarray([0, 1, 2, 3], { maxLength: 3 }),
    activities: fc.subarray([...TYPES], { maxLength: 3 }),
    outcomes: fc.subarray([...OUTCOMES]),
    excluded: fc.subarray([...TYPES], { maxLength: 1 }),
    q: fc.option(fc.constantFrom('nadia', 'REQUEST', 'ȘTEFAN', 'nowhere', '45'), { freq: 4 }),
    order: fc.option(fc.constantFrom('1234567', '-1'), { freq: 4 }),
    amounts: fc.option(fc.constantFrom(['USD', '0', '50'], ['JPY', '1990', '5000']), { freq: 4 }),
    interval: fc.oneof(
      fc.constant([FROM, TO] as const),
      fc
        .tuple(fc.integer({ min: FROM, max: TO }), fc.integer({ min: 0, max: 40 * DAY }))
        .map(([from, length]) => [from, from + length] as const),
    ),
    timeZone: fc.constantFrom(...ZONES),
  });
  type Request = typeof requests extends fc.Arbitrary<infer Value> ? Value : never;

  const check = async ({ groupBy, interval, timeZone, ...filter }: Request) => {
    const ids = filter.users.map((place) => users[place]!.user.id);
    const { excluded, q, order, amounts } = filter;
    const isIn = (list: readonly unknown[], value: unknown) => list.length === 0 || list.includes(value);
    const minor = (text: string) => Number(text) * (amounts?.[0] === 'USD' ? 100 : 1);
    const matching = stored.filter(
      ({ id, userId, activity, outcome, orderReference, userName, comment, amount, currency }) =>
        !excluded.includes(activity as ActivityType) &&
        (order === null || orderReference === order) &&
        (q === null ||
          [userName, comment, orderReference].some((text) => text?.toLowerCase().includes(q.toLowerCase()))) &&
        (!amounts || (currency === amounts[0] && amount! >= minor(amounts[1]) && amount! <= minor(amounts[2]))) &&
        isIn(ids, userId) &&
        isIn(filter.activities, activity) &&
        isIn(filter.outcomes, outcome) &&
        momentOf(id) >= interval[0] &&
        momentOf(id) < interval[1],
    );
    const expected = summarize(matching, interval, timeZone, groupBy, known);
    const { body } = await manager
      .get(SUMMARY, {
        groupBy,
        userId: ids,
        activity: filter.activities,
        outcome: filter.outcomes,
        excludeActivity: excluded,
        ...(q !== null && { q }),
        ...(order !== null && { orderReference: order }),
        ...(amounts && { currency: amounts[0], amountFrom: amounts[1], amountTo: amounts[2] }),
        from: new Date(interval[0]).toISOString(),
        to: new Date(interval[1]).toISOString(),
        timeZone,
      })
      .expect(200);
    expect(body.totals).toEqual(expected.totals);
    expect(body.data).toEqual(expected.rows);
  };

  it('has the counts and sums of a plain computation', async () => {
    await fc.assert(fc.asyncProperty(requests, check), { seed: SEED, numRuns: scaled(100, 15) });
  }, 1_800_000);

  it.each(GROUPINGS)(
    'has them for everything, by %s',
    async (grouping) => {
      const none = { users: [], activities: [], outcomes: [], excluded: [], q: null, order: null, amounts: null };
      const all = { ...none, interval: [FROM, TO] as const };
      for (const timeZone of ZONES) await check({ ...all, timeZone, groupBy: [grouping] });
    },
    360_000,
  );
});

/** Creates activities of users and of persons who are not users, dense at some times and sparse at others. */
function createActivities(users: readonly Person[], rows: number, random: SeededRandom): Activity[] {
  const period = (TO - FROM) / 8;
  return Array.from({ length: rows }, (_, number) => {
    const place = random.pick([0, 0, 0, 3, 7]);
    const at = new Date(Math.floor(FROM + place * period + random.integerBelow(period)));
    const { user } = random.pick(users);
    const isKnown = number % 7 !== 0;
    const hasAmount = number % 3 !== 0;
    return Object.assign(new Activity(), {
      accountId: user.account.id,
      id: createKeyedId(at, `${number}`),
      occurredAt: at,
      userId: isKnown ? user.id : null,
      userName: isKnown ? 'An earlier name' : random.pick(['Nadia Night', 'Nadia Night ', 'Ștefan 😀']),
      userEmail: random.pick([null, 'nadia@shop.example', 'night@shop.example']),
      activity: random.pick(TYPES),
      outcome: random.pick(['success', 'success', 'success', 'failure', 'denied'] as const),
      orderReference: random.pick([null, null, '1234567', '-1']),
      comment: random.pick([null, 'Customer request', 'Asked by phone']),
      amount: hasAmount ? random.pick(AMOUNTS) : null,
      currency: hasAmount ? random.pick(['USD', 'JPY', 'KWD']) : null,
    });
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
}
