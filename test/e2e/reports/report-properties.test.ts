import fc from 'fast-check';
import { ACTIVITY_TYPES, catalogueEntry, OUTCOMES, type Outcome } from '../../../src/audit/catalogue/activity-type';
import { AuditLedgerEntry } from '../../../src/audit/ledger/ledger.entities';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { SeededRandom } from '../../../src/lib/seeded-random';
import { escapeFormulas } from '../../../src/lib/csv-cell';
import { createKeyedId, momentOf } from '../../../src/lib/time-ordered-id';
import { csvLines } from '../../support/csv';
import { download, ndjsonRows, sheetRows, type Cell } from '../../support/exports';
import { showTimes, type Person, type Query, type Row } from '../../support/person';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Enough for several batches of an export. */
const ROWS = scaled(14_000, 7000);
const FROM = Date.parse('2025-01-01T00:00:00Z');
const TO = Date.parse('2026-01-01T00:00:00Z');
const TYPES = ACTIVITY_TYPES.slice(0, 6);
const TEXTS = [null, '', 'Customer request', '=1+1', 'a, "b"; -c', 'two\nlines', 'Ștefan 😀 日本', '+40 721', 'x|y'];
const ZONES = ['Europe/Bucharest', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
const NOTES: Readonly<Record<Outcome, string>> = { success: '', failure: ' (failed)', denied: ' (denied)' };
const SEED = Number(process.env.REPORT_SEED ?? Date.now() % 1_000_000);

describe(`the report of random activities (REPORT_SEED=${SEED})`, () => {
  const service = useService();
  const manager = useManager(service);
  /** Everything that was recorded, oldest first. */
  let stored: Activity[];
  /** When records got their places, by id: half of them have none. */
  let recordedAt: Map<string, Date>;
  let users: Person[];

  beforeAll(async () => {
    users = [manager];
    for (const name of ['Ann', '=Bob', 'Zoë, "Z"']) {
      users.push(await service.newUser(manager, `u${users.length}@one.example`, name));
    }
    stored = createActivities(users, new SeededRandom(SEED));
    const { manager: entities } = service.writeSource;
    for (let start = 0; start < ROWS; start += 500) {
      await entities.insert(Activity, stored.slice(start, start + 500));
    }
    const entries = createEntries(stored, new SeededRandom(SEED));
    recordedAt = new Map(entries.map((entry) => [entry.activityId, entry.recordedAt]));
    for (let start = 0; start < entries.length; start += 500) {
      await entities.insert(AuditLedgerEntry, entries.slice(start, start + 500));
    }
  }, 360_000);

  const instant = fc.integer({ min: FROM, max: TO });
  const filters = fc.record({
    users: fc.subarray([0, 1, 2, 3]),
    activities: fc.subarray(TYPES),
    outcomes: fc.subarray([...OUTCOMES]),
    interval: fc.oneof(
      fc.constant([FROM, TO]),
      fc.tuple(instant, instant).map((ends) => ends.sort((a, b) => a - b)),
    ),
    timeZone: fc.constantFrom(...ZONES),
    order: fc.constantFrom<'asc' | 'desc'>('asc', 'desc'),
    pageSize: fc.integer({ min: 1, max: 1000 }),
  });
  type Filter = typeof filters extends fc.Arbitrary<infer Value> ? Value : never;

  const queryOf = ({ users: places, activities, outcomes, interval, timeZone, order }: Filter): Query => ({
    userId: places.map((place) => users[place]!.user.id),
    activity: activities,
    outcome: outcomes,
    from: new Date(interval[0]).toISOString(),
    to: new Date(interval[1]).toISOString(),
    timeZone,
    order,
  });

  const select = (filter: Filter): Activity[] => {
    const [from, to] = filter.interval as [number, number];
    const ids = filter.users.map((place) => users[place]!.user.id);
    const isIn = (list: readonly unknown[], value: unknown) => list.length === 0 || list.includes(value);
    const rows = stored.filter(
      ({ id, userId, activity, outcome }) =>
        isIn(ids, userId) &&
        isIn(filter.activities, activity) &&
        isIn(filter.outcomes, outcome) &&
        momentOf(id) >= from &&
        momentOf(id) < to,
    );
    return filter.order === 'asc' ? rows : rows.reverse();
  };

  const check = async (filter: Filter): Promise<void> => {
    const expected = select(filter);
    const query = queryOf(filter);
    const limit = Math.max(filter.pageSize, Math.min(1000, Math.ceil(expected.length / 10)));
    const rows = showTimes(await manager.walk({ ...query, limit }));
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    const times = expected.map(({ id }) => recordedAt.get(id)?.toISOString() ?? '');
    expect(rows.map((row) => (row.recordedAt === null ? '' : new Date(row.recordedAt).toISOString()))).toEqual(times);
    const columns = csvLines((await download(manager, 'csv', { ...query, columns: 'recordedAt' })).toString());
    expect(columns.slice(1).flat()).toEqual(times);
    const lines = csvLines(await manager.csv(query)).slice(1);
    expect(lines).toEqual(expected.map((row) => csvLine(row, filter.timeZone)));
    expect(lines).toEqual(rows.map(csvLineOfPage));
    expect(await ndjsonRows(manager, query)).toEqual(rows);
    const [, ...cells] = await sheetRows(await download(manager, 'xlsx', query));
    expect(cells).toEqual(expected.map((row) => sheetLine(row, filter.timeZone)));
  };

  it('is the same as pages, as CSV, as NDJSON, as XLSX and as a plain filter of what was recorded', async () => {
    await fc.assert(fc.asyncProperty(filters, check), { seed: SEED, numRuns: scaled(60, 10) });
  }, 1_800_000);

  it.each<[string, Partial<Filter>]>([
    ['everything', {}],
    ['one user', { users: [1] }],
    ['three activities', { activities: [TYPES[0]!, TYPES[2]!, TYPES[5]!] }],
    ['one outcome', { outcomes: ['success'] }],
    ['several users', { users: [0, 1, 3], outcomes: ['success', 'denied'] }],
  ])('is the same in both orders: %s', async (_, filter) => {
    const whole = {
      users: [],
      activities: [],
      outcomes: [],
      interval: [FROM, TO] as [number, number],
      timeZone: ZONES[0]!,
      pageSize: 1000,
    };
    for (const order of ['asc', 'desc'] as const) await check({ ...whole, ...filter, order });
  });
});

/** Creates activities that are dense at some times and sparse at others, with types and users that come and go. */
function createActivities(users: readonly Person[], random: SeededRandom): Activity[] {
  const period = (TO - FROM) / 8;
  return Array.from({ length: ROWS }, (_, number) => {
    const place = random.pick([0, 0, 0, 3, 7]);
    const isBurst = number % 3 === 0;
    const at = new Date(Math.floor(FROM + place * period + (isBurst ? period / 2 : random.integerBelow(period))));
    const { user } = users[(place + random.pick([0, 0, 0, 1, 2])) % users.length]!;
    const hasAmount = number % 4 !== 0;
    return Object.assign(new Activity(), {
      accountId: user.account.id,
      id: createKeyedId(at, `${number}`),
      occurredAt: at,
      userId: user.id,
      userName: user.name,
      userEmail: user.email,
      activity: TYPES[(place + random.pick([0, 0, 0, 0, 1, 2, 3])) % TYPES.length]!,
      outcome: random.pick(['success', 'success', 'success', 'success', 'failure', 'denied'] as const),
      subscriptionReference: random.pick([null, 'SUB1', '@SUM(A1)']),
      orderReference: random.pick([null, '1234567', '-1']),
      amount: hasAmount ? random.pick([-100, 0, 1, 1990, 5000, 10 ** 12]) : null,
      currency: hasAmount ? random.pick(['USD', 'JPY', 'KWD']) : null,
      billingCycles: random.pick([null, 1, 12]),
      comment: random.pick(TEXTS),
      page: random.pick([null, null, '/orders/1', '=orders']),
    });
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Creates the ledger entries of half of the activities, past those of the records that the service writes meanwhile. */
function createEntries(activities: readonly Activity[], random: SeededRandom): AuditLedgerEntry[] {
  const placed = activities.filter(() => random.pick([true, false]));
  return placed.map(({ accountId, id }, place) => ({
    accountId,
    sequence: 1_000_000 + place,
    activityId: id,
    recordedAt: new Date(momentOf(id) + random.integerBelow(100_000_000)),
    digest: '',
    leafHash: '',
    salt: null,
    personalHash: '',
  }));
}

/** The line of an activity in the CSV, with its local time from Intl. */
function csvLine(row: Activity, timeZone: string): string[] {
  const text = (value: string | null) => (value === null ? '' : escapeFormulas(value));
  return [
    localTime(momentOf(row.id), timeZone),
    text(row.userName),
    catalogueEntry(row.activity as (typeof TYPES)[number]).label + NOTES[row.outcome],
    text(row.subscriptionReference),
    text(row.orderReference),
    row.amount === null ? '' : decimal(row.amount, row.currency!),
    row.currency ?? '',
    row.billingCycles === null ? '' : String(row.billingCycles),
    text(shownComment(row)),
  ];
}

/** The row of an activity in the sheet, with its local time from Intl. */
function sheetLine(row: Activity, timeZone: string): Cell[] {
  const text = (value: string | null) => (value === '' ? null : value);
  return [
    new Date(`${localTime(momentOf(row.id), timeZone).replace(' ', 'T')}Z`),
    row.userName,
    catalogueEntry(row.activity as (typeof TYPES)[number]).label + NOTES[row.outcome],
    text(row.subscriptionReference),
    text(row.orderReference),
    row.amount === null ? null : Number(decimal(row.amount, row.currency!)),
    text(row.currency),
    row.billingCycles,
    text(shownComment(row)),
  ];
}

/** The comment that a file shows for a row: that of a page view names the page. */
function shownComment(row: Activity | Row): string | null {
  const code = typeof row.activity === 'string' ? row.activity : row.activity.code;
  const page = row.page as string | null;
  if (code !== 'page.accessed' || page === null) return row.comment;
  return row.comment ? `${row.comment} (${page})` : page;
}

/** The line of the CSV that a row of a page must have. */
function csvLineOfPage(row: Row): string[] {
  const text = (value: unknown) => (value === null ? '' : escapeFormulas(value as string));
  return [
    row.occurredAt.slice(0, 19).replace('T', ' '),
    text(row.user.name),
    row.activity.label + NOTES[row.outcome as Outcome],
    text(row.subscriptionReference),
    text(row.orderReference),
    (row.amount as string | null) ?? '',
    (row.currency as string | null) ?? '',
    String((row.billingCycles as number | null) ?? ''),
    text(shownComment(row)),
  ];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(moment: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format.format(moment);
}

function decimal(minor: number, currency: string): string {
  const digits = { USD: 2, JPY: 0, KWD: 3 }[currency]!;
  return minor % 10 ** digits === 0 ? String(minor / 10 ** digits) : (minor / 10 ** digits).toFixed(digits);
}
