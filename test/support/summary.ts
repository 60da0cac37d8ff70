import { ACTIVITY_TYPES, catalogueEntry, OUTCOMES, type ActivityType } from '../../src/audit/catalogue/activity-type';
import type { Activity } from '../../src/audit/recording/activity.entity';
import { momentOf } from '../../src/lib/time-ordered-id';
import { shownBy } from './zones';

export const SUMMARY = '/v1/reports/users-activity/summary';

/** A row of a summary, as JSON. */
export interface SummaryRow {
  readonly key: Readonly<Record<string, unknown>>;
  readonly count: number;
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TIMES = ['day', 'week', 'month', 'hourOfDay'];
const GROUPS = [...new Set(ACTIVITY_TYPES.map((type) => catalogueEntry(type).group))];
const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

/** The present names and email addresses of users, by id. */
type KnownUsers = ReadonlyMap<string, { readonly name: string; readonly email: string | null }>;

/** What a row is sorted by, and what it shows, for one grouping. */
type Field = readonly [order: string | number, value: unknown];

/**
 * Computes a summary from all matching activities, in the simplest way: looks at each of them, and for the times of the
 * interval at each quarter of an hour.
 * @param users the present names and email addresses of users, by id
 */
export function summarize(
  activities: readonly Activity[],
  [from, to]: readonly [number, number],
  timeZone: string,
  groupBy: readonly string[],
  users: KnownUsers,
): { readonly rows: SummaryRow[]; readonly totals: Omit<SummaryRow, 'key'> } {
  const shown = shownBy(timeZone);
  const timeGroupings = groupBy.filter((grouping) => TIMES.includes(grouping));
  const otherGroupings = groupBy.filter((grouping) => !TIMES.includes(grouping));
  const timesAt = (instant: number) => timeGroupings.map((grouping) => timeField(grouping, shown(instant)));
  const valuesOf = (activity: Activity) => otherGroupings.map((grouping) => valueField(grouping, activity, users));

  const times = new Map<string, Field[]>();
  for (let instant = from; instant < to; instant = (Math.floor(instant / (15 * MINUTE)) + 1) * 15 * MINUTE) {
    const fields = timesAt(instant);
    times.set(JSON.stringify(fields), fields);
  }
  const values = new Map<string, Field[]>();
  const members = new Map<string, Activity[]>();
  for (const activity of activities) {
    const [time, fields] = [timesAt(momentOf(activity.id)), valuesOf(activity)];
    values.set(JSON.stringify(fields), fields);
    const key = JSON.stringify([time, fields]);
    members.set(key, [...(members.get(key) ?? []), activity]);
  }
  if (otherGroupings.length === 0) values.set('[]', []);

  const rows = [...times.values()].flatMap((time) =>
    [...values.values()].map((fields) => {
      const queues = { time: [...time], other: [...fields] };
      const ordered = groupBy.map((grouping) => (TIMES.includes(grouping) ? queues.time : queues.other).shift()!);
      const key = Object.fromEntries(groupBy.map((grouping, place) => [grouping, ordered[place]![1]]));
      const group = members.get(JSON.stringify([time, fields])) ?? [];
      return { order: ordered.map(([order]) => order), row: { key, ...totalsOf(group) } };
    }),
  );
  rows.sort((a, b) => compare(a.order, b.order));
  return { rows: rows.map(({ row }) => row), totals: totalsOf(activities) };
}

function timeField(grouping: string, local: number): Field {
  const date = new Date(local).toISOString();
  const value = {
    day: () => date.slice(0, 10),
    month: () => date.slice(0, 7),
    week: () => weekOf(local),
    hourOfDay: () => new Date(local).getUTCHours(),
  }[grouping]!();
  return [value, value];
}

/** The week of ISO 8601, found by counting Mondays from the one of the week that has 4 January. */
function weekOf(local: number): string {
  const day = Math.floor(local / DAY) * DAY;
  const mondayOf = (moment: number) => moment - ((new Date(moment).getUTCDay() + 6) % 7) * DAY;
  const year = new Date(mondayOf(day) + 3 * DAY).getUTCFullYear();
  let number = 1;
  for (let monday = mondayOf(Date.UTC(year, 0, 4)); monday + 7 * DAY <= day; monday += 7 * DAY) number++;
  return `${year}-W${number < 10 ? '0' : ''}${number}`;
}

function valueField(grouping: string, activity: Activity, users: KnownUsers): Field {
  const { userId: id, userName, userEmail, outcome } = activity;
  const type = activity.activity as ActivityType;
  const { label, group } = catalogueEntry(type);
  const { name, email } = id === null ? { name: userName, email: userEmail } : users.get(id)!;
  const order = (place: number) => String(place).padStart(4, '0');
  switch (grouping) {
    case 'user':
      return [`${name}\0${email ?? ''}\0${id ?? ''}`, { id, name, email }];
    case 'activity':
      return [order(ACTIVITY_TYPES.indexOf(type)), { code: type, label }];
    case 'group':
      return [order(GROUPS.indexOf(group)), group];
    default:
      return [order(OUTCOMES.indexOf(outcome)), outcome];
  }
}

function totalsOf(activities: readonly Activity[]): Omit<SummaryRow, 'key'> {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of activities) {
    if (amount !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  }
  const amounts = [...sums].map(([currency, sum]) => ({ currency, amount: decimal(sum, DIGITS[currency]!) }));
  return { count: activities.length, amounts: amounts.sort((a, b) => compare([a.currency], [b.currency])) };
}

function decimal(minor: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits);
  const absolute = minor < 0n ? -minor : minor;
  const rest = absolute % unit;
  const decimals = rest === 0n ? '' : `.${String(rest).padStart(digits, '0')}`;
  return `${minor < 0n ? '-' : ''}${absolute / unit}${decimals}`;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! < b[place]! ? -1 : 1;
}
