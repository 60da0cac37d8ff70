import { SeededRandom } from '../../../src/lib/seeded-random';
import { lowestIdAt } from '../../../src/lib/time-ordered-id';
import { MIX, type MixedType } from './activity-mix';
import { buildComments } from './comments';
import { ActiveUsers, type BenchUser } from './people';
import { WeightedChoice } from './weighted-choice';

/** Changes with every change of the generated rows, so that a database of an earlier version is not reused. */
export const GENERATOR_VERSION = 2;

/** The interval of the generated rows: three years, always in the past. */
export const INTERVAL = { from: Date.UTC(2023, 0, 1), to: Date.UTC(2026, 0, 1) } as const;

/** The columns of a generated row, in order. */
export const COLUMNS = [
  ...['account_id', 'id', 'occurred_at', 'user_id', 'user_name', 'user_email', 'activity', 'outcome'],
  ...[
    'subscription_reference',
    'order_reference',
    'amount',
    'currency',
    'billing_cycles',
    'comment',
    'page',
    'ip_address',
    'user_agent',
  ],
  ...['request_id', 'sent_by', 'details'],
] as const;

export type ActivityRow = (string | number | null)[];

/** The account of the rows. */
export interface RowsOwner {
  readonly accountId: string;
  readonly users: readonly BenchUser[];
}

const PAGES = ['Orders', 'Order', 'Subscriptions', 'Subscription', 'Products', 'Users', '/reports, "new"', 'Refunds'];
const CURRENCIES = ['USD', 'USD', 'EUR', 'EUR', 'GBP', 'JPY', 'KWD'];
const USER_AGENTS = ['Chrome/142.0.0.0', 'Firefox/145.0', 'Version/26.0 Safari/605.1.15', 'Edg/142.0.0.0'].map(
  (browser) => `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ${browser}`,
);

/**
 * Generates the rows of an account, sorted by id. The same arguments give the same rows. Users and activity types are
 * distributed unevenly, as in production: a few account for most rows.
 */
export function* generateRows({ accountId, users }: RowsOwner, count: number): Generator<ActivityRow> {
  const random = new SeededRandom(2026 + count);
  const comments = buildComments(new SeededRandom(7));
  const active = new ActiveUsers(users);
  const types = new WeightedChoice(MIX.map(({ weight }) => weight));
  const length = INTERVAL.to - INTERVAL.from;
  for (let number = 0; number < count; number++) {
    const progress = (number + random.integerBelow(1000) / 1000) / count;
    const at = new Date(Math.floor(INTERVAL.from + progress * length));
    const type = MIX[types.choose(random)]!;
    const user = active.choose(progress, random);
    const id = lowestIdAt(at).slice(0, 10) + String(number).padStart(16, '0');
    yield [
      ...[accountId, id, at.toISOString().slice(0, 23).replace('T', ' '), user.id, user.name, user.email, type.code],
      chooseOutcome(random),
      ...describe(type, random, comments),
      `203.0.113.${number % 256}`,
      random.pick(USER_AGENTS),
      `REQ${id}`,
      type.isCustom ? 'CRM connector' : null,
      random.chance(0.1) ? `{"reason":"shopper_request","ticket":${number}}` : null,
    ];
  }
}

function chooseOutcome(random: SeededRandom): string {
  const place = random.integerBelow(1000);
  return place < 5 ? 'denied' : place < 25 ? 'failure' : 'success';
}

/** Returns the values from `subscription_reference` to `page`. */
function describe({ columns }: MixedType, random: SeededRandom, comments: readonly string[]): ActivityRow {
  const fills = (column: (typeof columns)[number]) => columns.includes(column);
  const order = random.integerBelow(400_000);
  const currency = fills('currency') ? random.pick(CURRENCIES) : null;
  return [
    fills('subscriptionReference') ? `SUB${order.toString(36).toUpperCase().padStart(7, '0')}` : null,
    fills('orderReference') ? String(2_000_000 + order) : null,
    currency && (random.chance(0.02) ? -1 : 1) * (100 + random.integerBelow(50_000)),
    currency,
    fills('billingCycles') ? 1 + random.integerBelow(12) : null,
    fills('comment') || (!fills('page') && random.chance(0.3)) ? random.pick(comments) : null,
    fills('page') ? random.pick(PAGES) : null,
  ];
}
