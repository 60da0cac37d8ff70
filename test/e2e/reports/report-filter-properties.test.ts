import fc from 'fast-check';
import { ACTIVITY_TYPES } from '../../../src/audit/catalogue/activity-type';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { SeededRandom } from '../../../src/lib/seeded-random';
import { createKeyedId, momentOf } from '../../../src/lib/time-ordered-id';
import { csvLines } from '../../support/csv';
import { download, ndjsonRows, sheetRows } from '../../support/exports';
import {
  AMOUNTS,
  edgesOf,
  EMAILS,
  filteredColumns,
  filterFields,
  queryOf,
  REFERENCES,
  testOf,
  TEXTS,
  type GeneratedFilter,
} from '../../support/generated-filters';
import type { Person, Row } from '../../support/person';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { shownAsTextBy } from '../../support/zones';

/** Enough for several windows of a page, and several batches of an export. */
const ROWS = 6000;
const FROM = Date.parse('2025-01-01T00:00:00Z');
const TO = Date.parse('2026-01-01T00:00:00Z');
/** Clocks change on some of them, in one of the time zones. */
const DAYS = ['2025-01-15', '2025-03-09', '2025-03-30', '2025-06-30', '2025-10-26', '2025-11-02', '2025-12-31'];
const TYPES = ACTIVITY_TYPES.slice(0, 8);
const ZONES = ['Europe/Bucharest', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
const SEED = Number(process.env.REPORT_SEED ?? Date.now() % 1_000_000);

describe(`the filters of the report (REPORT_SEED=${SEED})`, () => {
  const service = useService();
  const manager = useManager(service);
  /** Everything that was recorded, oldest first. */
  let stored: Activity[];
  let users: Person[];

  beforeAll(async () => {
    users = [manager, await service.newUser(manager, 'ann@one.example', 'Ann')];
    stored = createActivities(users, new SeededRandom(SEED));
    for (let start = 0; start < ROWS; start += 500) {
      await service.writeSource.manager.insert(Activity, stored.slice(start, start + 500));
    }
  }, 360_000);

  const space = { from: FROM, to: TO, days: DAYS, types: TYPES, timeZones: ZONES, users: 2 };
  const requests = fc.record({
    ...filterFields(space),
    order: fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
    pageSize: fc.integer({ min: 1, max: 1000 }),
    /** An XLSX file takes longer to read than the other formats together. */
    readsSheet: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
  interface Request extends GeneratedFilter {
    readonly order: 'asc' | 'desc';
    readonly pageSize: number;
    readonly readsSheet: boolean;
  }

  const check = async ({ order, pageSize, readsSheet, ...filter }: Request): Promise<void> => {
    const matching = stored.filter(testOf(filter, users));
    const expected = order === 'asc' ? matching : matching.reverse();
    const query = { ...queryOf(filter, users), order };
    const shown = shownAsTextBy(filter.timeZone);
    const moments = expected.map(({ id }) => ({ id, at: momentOf(id), local: shown(momentOf(id)) }));
    const limit = Math.max(pageSize, Math.min(1000, Math.ceil(expected.length / 10)));
    const rowsShown = (rows: readonly Row[]) =>
      rows.map(({ id, occurredAt }) => ({ id, at: Date.parse(occurredAt), local: occurredAt.slice(0, 23) }));
    expect(rowsShown(await manager.walk({ ...query, limit }))).toEqual(moments);
    expect(rowsShown(await ndjsonRows(manager, query))).toEqual(moments);

    const seconds = moments.map(({ local }) => local.slice(0, 19));
    const numbers = expected.map(({ comment }) => numberOf(comment!));
    const lines = csvLines(await manager.csv(query)).slice(1);
    expect(lines.map(([date]) => date!.replace(' ', 'T'))).toEqual(seconds);
    expect(lines.map((line) => numberOf(line.at(-1)!))).toEqual(numbers);
    if (!readsSheet) return;
    const [, ...cells] = await sheetRows(await download(manager, 'xlsx', query));
    expect(cells.map(([date]) => (date as Date).toISOString().slice(0, 19))).toEqual(seconds);
    expect(cells.map((row) => numberOf(String(row.at(-1))))).toEqual(numbers);
  };

  it('find the same rows in every format as a plain filter of what was recorded, and show their local times', async () => {
    await fc.assert(fc.asyncProperty(requests, check), { seed: SEED, numRuns: scaled(150, 25) });
  }, 1_800_000);

  it.each<[string, Partial<GeneratedFilter>]>([
    ['one order', { orderReference: ['ORD-1'] }],
    ['a reference with a space at its end', { orderReference: ['ORD-1 '] }],
    ['several subscriptions', { subscriptionReference: REFERENCES.slice(0, 3) }],
    ['an order and a subscription', { orderReference: ['%'], subscriptionReference: ['\u00e9', 'ORD_1'] }],
    ['orders of one user', { orderReference: ['ORD-1', 'ORD-10'], users: [1] }],
    ['a group', { activityGroup: ['Orders'] }],
    ['an activity that is not in the group', { activityGroup: ['Orders'], activity: ['user.login'] }],
    ['all activities but two', { excludeActivity: ['page.accessed', 'user.login'] }],
    ['an activity that is excluded', { activity: ['user.login'], excludeActivity: ['user.login'] }],
    ['all users but one', { excludedUsers: [0] }],
    ['a user who is excluded', { users: [0], excludedUsers: [0] }],
    ['an email address', { userEmail: [EMAILS[0]!] }],
    ['an IP address', { ipAddress: ['2001:DB8:0:0::1'] }],
    ['a request', { requestId: ['request-1'] }],
    ['a sender', { sentBy: ['API key: crm'] }],
    ['a currency', { amounts: ['JPY', undefined, undefined] }],
    ['amounts', { amounts: ['USD', 0, 1990] }],
    ['negative amounts', { amounts: ['USD', -500, -500] }],
    ['a text', { q: 'ORD' }],
    ['a text of one user and outcome', { q: 'ΔΟΣ', users: [0], outcome: ['failure'] }],
    ['successes with a text', { q: 'straẞe', outcome: ['success'] }],
    ['denied attempts with a text', { q: '% (', outcome: ['denied'] }],
  ])('find the same rows in both orders: %s', async (_, filter) => {
    const whole = { interval: [FROM, TO], timeZone: 'Europe/Bucharest', pageSize: 70, readsSheet: false } as const;
    for (const order of ['asc', 'desc'] as const) await check({ ...whole, ...filter, order });
  });

  it.each(ZONES)('include whole local days: %s', async (timeZone) => {
    const request = { timeZone, pageSize: 1000, order: 'asc', readsSheet: true } as const;
    for (const day of DAYS) await check({ ...request, interval: [day, day] });
  });

  /**
   * Creates activities, of which the oldest and the newest third have the same kinds, and those between other ones. Some are
   * where a local day begins or ends.
   */
  function createActivities(actors: readonly Person[], random: SeededRandom): Activity[] {
    const edges = edgesOf(space);
    return Array.from({ length: ROWS }, (_, number) => {
      const at = new Date(random.integerBelow(8) === 0 ? random.pick(edges) : FROM + random.integerBelow(TO - FROM));
      const { user } = actors[random.pick([0, 0, 0, 1])]!;
      const isMiddle = at.getTime() % 3 === 1;
      const hasAmount = random.integerBelow(2) === 0;
      return Object.assign(new Activity(), {
        accountId: user.account.id,
        id: createKeyedId(at, `${number}`),
        occurredAt: at,
        userId: random.integerBelow(10) === 0 ? null : user.id,
        userName: random.pick([user.name, random.pick(TEXTS)]),
        activity: isMiddle ? random.pick(TYPES.slice(3)) : random.pick([...TYPES.slice(0, 4), TYPES[3]!, TYPES[3]!]),
        outcome: random.pick(['success', 'success', 'success', 'success', 'failure', 'denied'] as const),
        amount: hasAmount ? random.pick(AMOUNTS) : null,
        currency: hasAmount ? random.pick(['USD', 'JPY']) : null,
        billingCycles: null,
        ...filteredColumns(random, number),
      });
    }).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
});

/** The number of the activity that its comment ends with. */
function numberOf(comment: string): string | undefined {
  return /#(\d+)/.exec(comment)?.[1];
}
