import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Person, Row } from '../support/person';
import type { Journal, Operation } from './journal';
import { BATCH_SIZE } from './load';
import type { Shop } from './shop';

const DAY = 24 * 60 * 60_000;

/** Discrepancies between acknowledged operations, the report and the database, after everything was restarted. */
export interface Findings {
  /** Number of operations in the journal that took effect. */
  readonly found: number;
  /** Operations that were acknowledged, but not found. */
  readonly lost: readonly string[];
  /** Operations that were done more than once, or partially. */
  readonly repeated: readonly string[];
  /** Changes without an audit record, and audit records without a change. */
  readonly unmatched: readonly string[];
}

/** Compares the acknowledged operations with the report and with the tables. */
export async function findEffects(
  journal: Journal,
  shop: Shop,
  manager: Person,
  source: DataSource,
): Promise<Findings> {
  const everything = { from: '2020-01-01', limit: 1000 };
  const successes = await manager.walk({ ...everything, outcome: 'success' });
  const failures = await manager.walk({ ...everything, outcome: 'failure', activity: 'subscription.extended' });
  const timesRecorded = countBy(successes, ({ comment }) => comment);
  const sessions = await source.query<{ hash: string; user: string }[]>(
    'SELECT token_hash AS hash, user_id AS user FROM sessions',
  );
  const hashes = new Set(sessions.map(({ hash }) => hash));

  const timesDone = (operation: Operation): number => {
    if (operation.kind !== 'login') return timesRecorded.get(operation.id) ?? 0;
    const { token } = (operation.acknowledgement ?? {}) as { token?: string };
    return token !== undefined && hashes.has(createHash('sha256').update(token).digest('hex')) ? 1 : 0;
  };
  const expected = ({ kind }: Operation): number => (kind === 'ingestion' ? BATCH_SIZE : 1);
  const { operations, acknowledged } = journal;
  return {
    found: operations.filter((operation) => timesDone(operation) > 0).length,
    lost: acknowledged.filter((operation) => timesDone(operation) === 0).map(({ id }) => id),
    repeated: operations.filter((one) => ![0, expected(one)].includes(timesDone(one))).map(({ id }) => id),
    unmatched: [
      ...(await findUnmatchedOrders(successes, source)),
      ...(await findUnmatchedExtensions(successes, shop, manager)),
      ...findUnmatchedLogins(successes, sessions, shop),
      ...(await findUnmatchedMails(successes, source)),
      ...failures.flatMap(({ comment }) =>
        comment !== null && timesRecorded.has(comment) ? [`${comment} has a record of success and one of failure`] : [],
      ),
    ],
  };
}

/** Checks that orders and their records correspond one to one, and that invoice numbers have no gaps. */
async function findUnmatchedOrders(successes: readonly Row[], source: DataSource): Promise<string[]> {
  const orders = await source.query<{ reference: string; comment: string | null }[]>(
    'SELECT reference, comment FROM orders',
  );
  const recorded = countBy(
    successes.filter(({ activity }) => activity.code === 'order.placed'),
    ({ orderReference }) => orderReference as string,
  );
  const placed = countBy(orders, ({ reference }) => reference);
  const byComment = countBy(orders, ({ comment }) => comment);
  const invoices = await source.query<{ number: number }[]>('SELECT number FROM invoices');
  const last = invoices.reduce((highest, { number }) => Math.max(highest, number), 0);
  return [
    ...findDifferences('order', placed, recorded),
    ...[...byComment].flatMap(([comment, times]) => (times > 1 ? [`${comment} was ordered ${times} times`] : [])),
    ...(invoices.length === orders.length && last === orders.length
      ? []
      : [`${orders.length} orders have ${invoices.length} invoices, the last of number ${last}`]),
  ];
}

/** Checks that each subscription was extended by one day per record. */
async function findUnmatchedExtensions(successes: readonly Row[], shop: Shop, manager: Person): Promise<string[]> {
  const recorded = countBy(
    successes.filter(({ activity }) => activity.code === 'subscription.extended'),
    ({ subscriptionReference }) => subscriptionReference as string,
  );
  const extended = new Map<string, number>();
  for (const { reference, endsAt } of shop.subscriptions) {
    const { body } = await manager.get(`/v1/subscriptions/${reference}`).expect(200);
    extended.set(reference, Math.round((Date.parse(body.endsAt) - Date.parse(endsAt)) / DAY));
  }
  return findDifferences('subscription', extended, recorded);
}

/** Checks that each user has one session per record of a login. */
function findUnmatchedLogins(
  successes: readonly Row[],
  sessions: readonly { user: string }[],
  { users }: Shop,
): string[] {
  const ids = new Set(users.map(({ id }) => id));
  const opened = countBy(sessions, ({ user }) => (ids.has(user) ? user : null));
  const logins = successes.filter(({ activity }) => activity.code === 'user.login');
  return findDifferences(
    'user',
    opened,
    countBy(logins, ({ user }) => (ids.has(user.id ?? '') ? user.id : null)),
  );
}

/** Checks that each queued mail has a record. */
async function findUnmatchedMails(successes: readonly Row[], source: DataSource): Promise<string[]> {
  const mails = await source.query<unknown[]>('SELECT id FROM outgoing_mails');
  const records = successes.filter(({ activity }) => activity.code === 'invoice.sent').length;
  return mails.length === records ? [] : [`${mails.length} mails have ${records} records`];
}

function findDifferences(
  what: string,
  done: ReadonlyMap<string, number>,
  recorded: ReadonlyMap<string, number>,
): string[] {
  return [...new Set([...done.keys(), ...recorded.keys()])].flatMap((key) => {
    const [times, records] = [done.get(key) ?? 0, recorded.get(key) ?? 0];
    return times === records ? [] : [`${what} ${key}: done ${times} times, recorded ${records} times`];
  });
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
