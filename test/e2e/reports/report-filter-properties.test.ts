import fc from 'fast-check';
import { ACTIVITY_TYPES, catalogueEntry, OUTCOMES } from '../../../src/audit/catalogue/activity-type';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { SeededRandom } from '../../../src/lib/seeded-random';
import { createKeyedId, momentOf } from '../../../src/lib/time-ordered-id';
import { csvLines } from '../../support/csv';
import type { Person, Query } from '../../support/person';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Enough for several windows of a page, and several batches of an export. */
const ROWS = 6000;
const FROM = Date.parse('2025-01-01T00:00:00Z');
const TO = Date.parse('2026-01-01T00:00:00Z');
const TYPES = ACTIVITY_TYPES.slice(0, 8);
const GROUPS = ['Sessions', 'Pages', 'Orders'];
/** References and names that differ in case, in spaces at their end, and in characters that a pattern could mean. */
const REFERENCES = ['ORD-1', 'ord-1', 'ORD-1 ', 'ORD-10', 'ORD_1', '%', '\u00e9', 'e\u0301'];
const SENDERS = ['API key: crm', 'API key: CRM', 'API key: crm '];
const ADDRESSES = ['203.0.113.7', '203.0.113.70', '2001:db8::1', '2001:DB8:0:0::1'];
const EMAILS = ['nadia@night-shift.example', 'nadia@night-shift.example.org', 'n%@night-shift.example'];
const REQUESTS = ['01KAM9W3M8Q6XK2T1N9B7C5D4E', 'request-1', 'REQUEST-1'];
const TEXTS = [
  'Straße',
  'STRAẞE',
  'strasse',
  'ışık',
  'IŞIK',
  'işik',
  'ΟΔΟΣ',
  'οδός',
  'οδος',
  'П\u0451тр',
  'П\u0415\u0308ТР',
  '50% (a.b)',
  '5',
];
const SEARCHES = [
  'STRASSE',
  'straẞe',
  'IŞ',
  'işı',
  'ΔΟΣ',
  'δος',
  'петр',
  'п\u0451т',
  '% (',
  'a.B)',
  '#1',
  '\\d',
  'ORD',
  'orders',
  'kEL',
];
const PAGES = ['Orders', '\u212aELVIN', null];
const AMOUNTS = [-500, 0, 1, 1990, 5000, 10 ** 12];
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

  /** A condition that few filters have, so that those that meet still match something. */
  const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const someOf = <Value>(values: readonly Value[]) => rarely(fc.subarray([...values], { minLength: 1 }));
  const instant = fc.integer({ min: FROM, max: TO });
  const filters = fc.record({
    users: someOf([0, 1]),
    excludedUsers: someOf([0, 1]),
    activity: someOf(TYPES),
    activityGroup: someOf(GROUPS),
    excludeActivity: someOf(TYPES),
    outcome: someOf(OUTCOMES),
    orderReference: someOf(REFERENCES),
    subscriptionReference: someOf(REFERENCES),
    userEmail: someOf(EMAILS),
    ipAddress: someOf(ADDRESSES),
    requestId: someOf(REQUESTS),
    sentBy: someOf(SENDERS),
    amounts: rarely(fc.tuple(rarely(fc.constantFrom(...AMOUNTS)), rarely(fc.constantFrom(...AMOUNTS)))),
    q: rarely(fc.constantFrom(...SEARCHES)),
    interval: fc.oneof(
      { weight: 3, arbitrary: fc.constant([FROM, TO]) },
      { weight: 1, arbitrary: fc.tuple(instant, instant).map((ends) => ends.sort((a, b) => a - b)) },
    ),
    timeZone: fc.constantFrom(...ZONES),
    order: fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
    pageSize: fc.integer({ min: 1, max: 1000 }),
  });
  type Filter = typeof filters extends fc.Arbitrary<infer Value> ? Value : never;

  const idsOf = (places: readonly number[] = []) => places.map((place) => users[place]!.user.id);

  const queryOf = ({ users: included, excludedUsers, amounts, interval, pageSize: _, ...filter }: Filter): Query => {
    const [amountFrom, amountTo] = sorted(amounts);
    const values: Readonly<Record<string, Query[string] | undefined>> = {
      ...filter,
      userEmail: filter.userEmail?.map((email) => email.toUpperCase()),
      userId: idsOf(included),
      excludeUserId: idsOf(excludedUsers),
      currency: amounts && 'USD',
      amountFrom: amountFrom === undefined ? undefined : (amountFrom / 100).toFixed(2),
      amountTo: amountTo === undefined ? undefined : (amountTo / 100).toFixed(2),
      from: new Date(interval[0]).toISOString(),
      to: new Date(interval[1]).toISOString(),
    };
    return Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, Query[string]] => entry[1] !== undefined),
    );
  };

  const select = (filter: Filter): Activity[] => {
    const isIn = (list: readonly unknown[] | undefined, value: unknown) => !list || list.includes(value);
    const isNotIn = (list: readonly unknown[] | undefined, value: unknown) => !list?.includes(value);
    const [amountFrom = -Infinity, amountTo = Infinity] = sorted(filter.amounts);
    const rows = stored.filter(
      (row) =>
        isIn(filter.users && idsOf(filter.users), row.userId) &&
        isNotIn(idsOf(filter.excludedUsers), row.userId) &&
        isIn(filter.activity, row.activity) &&
        isIn(filter.activityGroup, catalogueEntry(row.activity as (typeof TYPES)[number]).group) &&
        isNotIn(filter.excludeActivity, row.activity) &&
        isIn(filter.userEmail, row.userEmail) &&
        isIn(filter.outcome, row.outcome) &&
        isIn(filter.orderReference, row.orderReference) &&
        isIn(filter.subscriptionReference, row.subscriptionReference) &&
        isIn(
          filter.ipAddress?.flatMap((address) => [address, address.replace(/DB8:0:0:/, 'db8:')]),
          row.ipAddress,
        ) &&
        isIn(filter.requestId, row.requestId) &&
        isIn(filter.sentBy, row.sentBy) &&
        (!filter.amounts || (row.currency === 'USD' && row.amount! >= amountFrom && row.amount! <= amountTo)) &&
        (filter.q === undefined || contains(row, filter.q)) &&
        momentOf(row.id) >= filter.interval[0] &&
        momentOf(row.id) < filter.interval[1],
    );
    return filter.order === 'asc' ? rows : rows.reverse();
  };

  const check = async (filter: Filter): Promise<void> => {
    const expected = select(filter);
    const query = queryOf(filter);
    const limit = Math.max(filter.pageSize, Math.min(1000, Math.ceil(expected.length / 10)));
    const rows = await manager.walk({ ...query, limit });
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    const lines = csvLines(await manager.csv(query)).slice(1);
    expect(lines.map((line) => numberOf(line.at(-1)!))).toEqual(expected.map(({ comment }) => numberOf(comment!)));
  };

  it('find the same rows on pages and in a CSV as a plain filter of what was recorded', async () => {
    await fc.assert(fc.asyncProperty(filters, check), { seed: SEED, numRuns: scaled(150, 25) });
  }, 1_800_000);

  it.each<[string, Partial<Filter>]>([
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
    ['an address', { ipAddress: ['2001:DB8:0:0::1'] }],
    ['a request', { requestId: ['request-1'] }],
    ['a sender', { sentBy: ['API key: crm'] }],
    ['a currency', { amounts: [undefined, undefined] }],
    ['amounts', { amounts: [0, 1990] }],
    ['negative amounts', { amounts: [-500, -500] }],
    ['a text', { q: 'ORD' }],
    ['a text of one user and outcome', { q: 'ΔΟΣ', users: [0], outcome: ['failure'] }],
    ['successes with a text', { q: 'straẞe', outcome: ['success'] }],
    ['denied attempts with a text', { q: '% (', outcome: ['denied'] }],
  ])('find the same rows in both orders: %s', async (_, filter) => {
    const whole = { interval: [FROM, TO], timeZone: 'Europe/Bucharest', pageSize: 70 };
    for (const order of ['asc', 'desc'] as const) await check({ ...whole, ...filter, order } as Filter);
  });

  /** Creates activities, of which the oldest and the newest third have the same kinds, and those between other ones. */
  function createActivities(actors: readonly Person[], random: SeededRandom): Activity[] {
    return Array.from({ length: ROWS }, (_, number) => {
      const at = new Date(FROM + random.integerBelow(TO - FROM));
      const { user } = actors[random.pick([0, 0, 0, 1])]!;
      const isMiddle = at.getTime() % 3 === 1;
      const hasAmount = random.integerBelow(2) === 0;
      return Object.assign(new Activity(), {
        accountId: user.account.id,
        id: createKeyedId(at, `${number}`),
        occurredAt: at,
        userId: random.integerBelow(10) === 0 ? null : user.id,
        userName: random.pick([user.name, random.pick(TEXTS)]),
        userEmail: random.pick([null, random.pick(EMAILS)]),
        activity: isMiddle ? random.pick(TYPES.slice(3)) : random.pick([...TYPES.slice(0, 4), TYPES[3]!, TYPES[3]!]),
        outcome: random.pick(['success', 'success', 'success', 'success', 'failure', 'denied'] as const),
        subscriptionReference: random.pick([null, null, random.pick(REFERENCES)]),
        orderReference: random.pick([null, null, random.pick(REFERENCES)]),
        amount: hasAmount ? random.pick(AMOUNTS) : null,
        currency: hasAmount ? random.pick(['USD', 'JPY']) : null,
        billingCycles: null,
        comment: `${random.pick(TEXTS)} #${number}`,
        page: random.pick(PAGES),
        ipAddress: random.pick([null, random.pick(ADDRESSES)]),
        requestId: random.pick([null, random.pick(REQUESTS)]),
        sentBy: random.pick([null, random.pick(SENDERS)]),
      });
    }).sort((a, b) => (a.id < b.id ? -1 : 1));
  }
});

function sorted(amounts: readonly (number | undefined)[] | undefined): readonly (number | undefined)[] {
  const [from, to] = amounts ?? [];
  return from !== undefined && to !== undefined && from > to ? [to, from] : [from, to];
}

/** The number of the activity that its comment ends with. */
function numberOf(comment: string): string | undefined {
  return /#(\d+)/.exec(comment)?.[1];
}

function contains({ userName, comment, orderReference, subscriptionReference, page }: Activity, text: string): boolean {
  return [userName, comment, orderReference, subscriptionReference, page].some(
    (value) => value !== null && fold(value).includes(fold(text)),
  );
}

/** Folds the case of a text character by character. The dotted and the dotless i have no simple folding of their own. */
function fold(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    const folded = 'ıİ'.includes(character) ? character : character.toUpperCase().toLowerCase();
    return Array.from(folded).length === 1 ? folded : character.toLowerCase();
  }).join('');
}
