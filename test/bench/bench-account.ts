import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AccountSetup } from '../../src/access/setup/account-setup';
import { createApp } from '../../src/app';
import { ACTIVITY_TYPES } from '../../src/audit/catalogue/activity-type';
import { runMigrations } from '../../src/commands/migrate';
import type { Config } from '../../src/config/config';
import { SeededRandom } from '../../src/demo/seeded-random';
import { lowestIdAt } from '../../src/lib/time-ordered-id';

const DAY = 24 * 60 * 60_000;
const ROWS_AT_ONCE = 500;
const USERS = 200;
export const MANAGER = { email: 'bench@bench.example', name: 'Bench Manager', password: 'a password for benches' };

/** The account that the benchmark queries. */
export interface BenchAccount {
  readonly accountId: string;
  readonly rows: number;
  /** Ids of the users, most active first: the first performs a third of all activities, the last almost none. */
  readonly userIds: readonly string[];
}

const COLUMNS = [
  'account_id, id, occurred_at, user_id, user_name, activity, outcome, subscription_reference, order_reference',
  'amount, currency, billing_cycles, comment, page, ip_address, user_agent, request_id, details',
].join(', ');
const PLACES = `(${COLUMNS.split(',').fill('?').join(', ')})`;

/** Creates an account with `rows` activities in the last 365 days, or returns the one of an earlier run. */
export async function prepareAccount(config: Config, rows: number): Promise<BenchAccount> {
  await runMigrations(config);
  const app = await createApp(config);
  await app.init();
  const source = app.get<DataSource>(getDataSourceToken());
  try {
    const [existing] = await source.query<{ account_id: string }[]>('SELECT account_id FROM users WHERE email = ?', [
      MANAGER.email,
    ]);
    const accountId = existing?.account_id ?? (await app.get(AccountSetup).create(newAccount)).accountId;
    const userIds = Array.from({ length: USERS }, (_, place) => `01J0BENCH${String(place).padStart(17, '0')}`);
    if (!existing) {
      await createUsers(source, accountId, userIds);
      await fill(source, accountId, userIds, rows);
    }
    const [count] = await source.query<{ total: number | string }[]>('SELECT COUNT(*) AS total FROM activities');
    return { accountId, userIds, rows: Number(count!.total) };
  } finally {
    await app.close();
  }
}

const newAccount = { name: 'Bench Merchant', timeZone: 'Europe/Bucharest', manager: MANAGER };

async function createUsers(source: DataSource, accountId: string, userIds: readonly string[]): Promise<void> {
  const columns = 'id, account_id, email, name, password_hash, status, version, created_at';
  for (const id of userIds) {
    await source.query(`INSERT INTO users (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
      ...[id, accountId, `${id}@bench.example`.toLowerCase(), `User ${id.slice(-3)}`, '-', 'active', 1],
      '2026-01-01 00:00:00.000',
    ]);
  }
}

async function fill(source: DataSource, accountId: string, userIds: readonly string[], rows: number): Promise<void> {
  const random = new SeededRandom(2026);
  const begin = Date.now() - 365 * DAY;
  const step = (365 * DAY - 60_000) / rows;
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, rows - start);
    const values = Array.from({ length: count }, (_, index) => {
      const number = start + index;
      return createRow(accountId, userIds, new Date(begin + Math.floor(number * step)), number, random);
    });
    await source.query(
      `INSERT INTO activities (${COLUMNS}) VALUES ${values.map(() => PLACES).join(', ')}`,
      values.flat(),
    );
    if (start % 100_000 === 0) process.stdout.write(`\r${start} of ${rows} rows inserted`);
  }
  process.stdout.write('\r');
}

/** Creates a row. Users and activity types are distributed unevenly, as in production: a few account for most rows. */
function createRow(
  accountId: string,
  userIds: readonly string[],
  at: Date,
  number: number,
  random: SeededRandom,
): unknown[] {
  const pickUneven = (length: number) =>
    Math.min(length - 1, Math.floor(length * (random.integerBelow(1_000_000) / 1_000_000) ** 4));
  const user = userIds[pickUneven(userIds.length)]!;
  const outcome = random.integerBelow(1000) === 0 ? 'denied' : random.integerBelow(100) === 0 ? 'failure' : 'success';
  return [
    ...[accountId, lowestIdAt(at).slice(0, 10) + String(number).padStart(16, '0')],
    ...[at.toISOString().slice(0, 23).replace('T', ' '), user, `User ${user.slice(-3)}`],
    ...[
      ACTIVITY_TYPES[pickUneven(ACTIVITY_TYPES.length)],
      outcome,
      `SUB${number % 50_000}`,
      String(2_000_000 + number),
    ],
    ...[1990 + (number % 1000), 'USD', 1, 'Customer request', null, '203.0.113.7', 'Mozilla/5.0', null, null],
  ];
}
