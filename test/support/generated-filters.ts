import fc from 'fast-check';
import { catalogueEntry, OUTCOMES, type ActivityType, type Outcome } from '../../src/audit/catalogue/activity-type';
import type { Activity } from '../../src/audit/recording/activity.entity';
import type { SeededRandom } from '../../src/lib/seeded-random';
import { momentOf } from '../../src/lib/time-ordered-id';
import type { Person, Query } from './person';
import { dayAfter, startOfDay } from './zones';

/** References and names that differ in case, in spaces at their end, and in characters that a pattern could mean. */
export const REFERENCES = ['ORD-1', 'ord-1', 'ORD-1 ', 'ORD-10', 'ORD_1', '%', '\u00e9', 'e\u0301'];
export const EMAILS = ['nadia@night-shift.example', 'nadia@night-shift.example.org', 'n%@night-shift.example'];
const SENDERS = ['API key: crm', 'API key: CRM', 'API key: crm '];
const ADDRESSES = ['203.0.113.7', '203.0.113.70', '2001:db8::1', '2001:DB8:0:0::1'];
const REQUESTS = ['01KAM9W3M8Q6XK2T1N9B7C5D4E', 'request-1', 'REQUEST-1'];
export const TEXTS = [
  ...['Straße', 'STRAẞE', 'strasse', 'ışık', 'IŞIK', 'işik', 'ΟΔΟΣ', 'οδός', 'οδος'],
  ...['П\u0451тр', 'П\u0415\u0308ТР', '50% (a.b)', '5'],
];
const SEARCHES = [
  ...['STRASSE', 'straẞe', 'IŞ', 'işı', 'ΔΟΣ', 'δος', 'петр', 'п\u0451т', '% (', 'a.B)', '#1', '\\d', 'ORD'],
  ...['orders', 'kEL', 'NADIA', 'ștefan'],
];
const PAGES = ['Orders', '\u212aELVIN', null];
/** In minor units. */
export const AMOUNTS = [-500, 0, 1, 1990, 5000, 10 ** 12];
/** The decimals of the currencies that filters name. */
const DIGITS = { USD: 2, JPY: 0 } as const;

/** What generated filters choose from. */
export interface FilterSpace {
  readonly from: number;
  readonly to: number;
  /** Local days with which an interval can begin and end, as `YYYY-MM-DD`. */
  readonly days: readonly string[];
  readonly types: readonly ActivityType[];
  readonly timeZones: readonly string[];
  /** The number of users. */
  readonly users: number;
}

/** An end of an interval: an instant, or a local day. */
type IntervalEnd = number | string;

/** A filter of the report. Users are given by their places. */
export interface GeneratedFilter {
  readonly users?: readonly number[] | undefined;
  readonly excludedUsers?: readonly number[] | undefined;
  readonly activity?: readonly ActivityType[] | undefined;
  readonly activityGroup?: readonly string[] | undefined;
  readonly excludeActivity?: readonly ActivityType[] | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
  readonly orderReference?: readonly string[] | undefined;
  readonly subscriptionReference?: readonly string[] | undefined;
  readonly userEmail?: readonly string[] | undefined;
  readonly ipAddress?: readonly string[] | undefined;
  readonly requestId?: readonly string[] | undefined;
  readonly sentBy?: readonly string[] | undefined;
  /** A currency, and the smallest and the largest amount in minor units. */
  readonly amounts?: readonly [keyof typeof DIGITS, number | undefined, number | undefined] | undefined;
  readonly q?: string | undefined;
  /** The ends of the interval, in any order. */
  readonly interval: readonly [IntervalEnd, IntervalEnd];
  readonly timeZone: string;
}

/** Generates the fields of a filter for `fc.record`, all of them combined with each other. */
export function filterFields({ from, to, days, types, timeZones, users }: FilterSpace) {
  const places = Array.from({ length: users }, (_, place) => place);
  const groups = [...new Set(types.map((type) => catalogueEntry(type).group))];
  const amount = rarely(fc.constantFrom(...AMOUNTS));
  const end = fc.oneof(fc.integer({ min: from, max: to }), fc.constantFrom(...days));
  return {
    users: someOf(places),
    excludedUsers: someOf(places),
    activity: someOf(types),
    activityGroup: someOf(groups),
    excludeActivity: someOf(types),
    outcome: someOf(OUTCOMES),
    orderReference: someOf(REFERENCES),
    subscriptionReference: someOf(REFERENCES),
    userEmail: someOf(EMAILS),
    ipAddress: someOf(ADDRESSES),
    requestId: someOf(REQUESTS),
    sentBy: someOf(SENDERS),
    amounts: rarely(fc.tuple(fc.constantFrom('USD' as const, 'JPY' as const), amount, amount)),
    q: rarely(fc.constantFrom(...SEARCHES)),
    interval: fc.oneof(
      { weight: 1, arbitrary: fc.constant<readonly [number, number]>([from, to]) },
      { weight: 1, arbitrary: fc.tuple(end, end) },
    ),
    timeZone: fc.constantFrom(...timeZones),
  };
}

/** A condition that few filters have, so that those that meet still match something. */
function rarely<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

function someOf<Value>(values: readonly Value[]): fc.Arbitrary<Value[] | undefined> {
  return rarely(fc.subarray([...values], { minLength: 1 }));
}

/** Returns values for the columns that only filters look at. The comment ends with the number. */
export function filteredColumns(random: SeededRandom, number: number): Partial<Activity> {
  return {
    userEmail: random.pick([null, random.pick(EMAILS)]),
    subscriptionReference: random.pick([null, null, random.pick(REFERENCES)]),
    orderReference: random.pick([null, null, random.pick(REFERENCES)]),
    comment: `${random.pick(TEXTS)} #${number}`,
    page: random.pick(PAGES),
    ipAddress: random.pick([null, random.pick(ADDRESSES)]),
    requestId: random.pick([null, random.pick(REQUESTS)]),
    sentBy: random.pick([null, random.pick(SENDERS)]),
  };
}

/** Returns the first and the last millisecond of each day in each time zone, and those right before and after it. */
export function edgesOf({ days, timeZones }: Pick<FilterSpace, 'days' | 'timeZones'>): number[] {
  const starts = days.flatMap((day) => timeZones.flatMap((zone) => [startOfDay(day, zone), endOfDay(day, zone)]));
  return starts.flatMap((start) => [start - 1, start]);
}

/** Returns the parameters of a filter. */
export function queryOf(filter: GeneratedFilter, users: readonly Person[]): Query {
  const { users: included, excludedUsers, amounts, interval: _, ...conditions } = filter;
  const [from, to] = orderedEnds(filter).map((end) => (typeof end === 'string' ? end : new Date(end).toISOString()));
  const [currency, smallest, largest] = inOrder(amounts);
  const values = {
    ...conditions,
    userEmail: conditions.userEmail?.map((email) => email.toUpperCase()),
    userId: included && idsOf(included, users),
    excludeUserId: excludedUsers && idsOf(excludedUsers, users),
    currency,
    amountFrom: currency && decimal(smallest, currency),
    amountTo: currency && decimal(largest, currency),
    from,
    to,
  } as Readonly<Record<string, Query[string] | undefined>>;
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Query[string]] => entry[1] !== undefined),
  );
}

/** Returns a plain test of one activity, which looks at each condition of the filter. */
export function testOf(filter: GeneratedFilter, users: readonly Person[]): (activity: Activity) => boolean {
  const isIn = (list: readonly unknown[] | undefined, value: unknown) => !list || list.includes(value);
  const isNotIn = (list: readonly unknown[] | undefined, value: unknown) => !list?.includes(value);
  const [from, to] = intervalOf(filter);
  const [currency, smallest = -Infinity, largest = Infinity] = inOrder(filter.amounts);
  const included = filter.users && idsOf(filter.users, users);
  const excluded = filter.excludedUsers && idsOf(filter.excludedUsers, users);
  const addresses = filter.ipAddress?.flatMap((address) => [address, address.replace(/DB8:0:0:/, 'db8:')]);
  return (row) =>
    isIn(included, row.userId) &&
    isNotIn(excluded, row.userId) &&
    isIn(filter.activity, row.activity) &&
    isIn(filter.activityGroup, catalogueEntry(row.activity as ActivityType).group) &&
    isNotIn(filter.excludeActivity, row.activity) &&
    isIn(filter.userEmail, row.userEmail) &&
    isIn(filter.outcome, row.outcome) &&
    isIn(filter.orderReference, row.orderReference) &&
    isIn(filter.subscriptionReference, row.subscriptionReference) &&
    isIn(addresses, row.ipAddress) &&
    isIn(filter.requestId, row.requestId) &&
    isIn(filter.sentBy, row.sentBy) &&
    (!currency || (row.currency === currency && row.amount! >= smallest && row.amount! <= largest)) &&
    (filter.q === undefined || contains(row, filter.q)) &&
    momentOf(row.id) >= from &&
    momentOf(row.id) < to;
}

/** Returns the instants between which a filter finds activities. */
export function intervalOf(filter: GeneratedFilter): readonly [from: number, to: number] {
  const [from, to] = orderedEnds(filter);
  return [
    typeof from === 'number' ? from : startOfDay(from, filter.timeZone),
    typeof to === 'number' ? to : endOfDay(to, filter.timeZone),
  ];
}

/** Returns the ends of a filter's interval, in the order that the report accepts. */
function orderedEnds({ interval: [one, other], timeZone }: GeneratedFilter): readonly [IntervalEnd, IntervalEnd] {
  const start = typeof one === 'number' ? one : startOfDay(one, timeZone);
  const end = typeof other === 'number' ? other : endOfDay(other, timeZone);
  // The end of a day is not in it.
  return start < end || (start === end && typeof other === 'number') ? [one, other] : [other, one];
}

function endOfDay(day: string, timeZone: string): number {
  return startOfDay(dayAfter(day), timeZone);
}

function idsOf(places: readonly number[], users: readonly Person[]): string[] {
  return places.map((place) => users[place]!.user.id);
}

function inOrder(amounts: GeneratedFilter['amounts']): Partial<NonNullable<GeneratedFilter['amounts']>> {
  if (!amounts) return [];
  const [currency, one, other] = amounts;
  return one !== undefined && other !== undefined && one > other ? [currency, other, one] : amounts;
}

function decimal(minor: number | undefined, currency: keyof typeof DIGITS): string | undefined {
  const digits = DIGITS[currency];
  return minor === undefined ? undefined : (minor / 10 ** digits).toFixed(digits);
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
