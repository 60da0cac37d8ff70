import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { lowestIdAt } from '../../../src/lib/time-ordered-id';
import { PRODUCTS } from '../../support/shop';
import { ACCOUNTS } from '../rows/accounts';
import { CUSTOM_TYPES } from '../rows/activity-mix';
import { GENERATOR_VERSION, INTERVAL } from '../rows/activity-rows';
import { buildUsers, type BenchUser } from '../rows/people';
import { BenchService, serviceSettings } from '../service/bench-service';
import { open, openIfExists, recreate, urlForRows, type BenchDatabase } from './bench-database';
import { fill } from './fill';

/** An account of a filled database. */
export interface BenchAccount {
  readonly accountId: string;
  readonly email: string;
  readonly password: string;
  /** Number of generated rows. */
  readonly count: number;
}

/** A filled database. */
export interface FilledDatabase {
  readonly url: string;
  readonly rows: number;
  /** The account with 90% of the rows. */
  readonly account: BenchAccount;
  /** The users of that account, the most active first. */
  readonly users: readonly BenchUser[];
}

/** Returns the database with this number of rows. Generates it, unless an earlier run has. */
export async function prepareDatabase(baseUrl: string, rows: number): Promise<FilledDatabase> {
  const url = urlForRows(baseUrl, rows);
  const accounts = (await readAccounts(url)) ?? (await generate(url, rows));
  await runCli(['migrate'], url);
  await deleteLaterRows(url, accounts);
  return { url, rows, account: accounts[0]!, users: buildUsers(0) };
}

/** Deletes the rows that measurements wrote. The generated rows are older, and have no places in the ledger. */
async function deleteLaterRows(url: string, accounts: readonly BenchAccount[]): Promise<void> {
  const database = await open(url);
  const end = lowestIdAt(new Date(INTERVAL.to));
  for (const { accountId } of accounts)
    await database.query('DELETE FROM activities WHERE account_id = ? AND id >= ?', [accountId, end]);
  for (const table of ['audit_pending', 'audit_ledger', 'audit_ledger_heads'])
    await database.query(`DELETE FROM ${table}`);
  await database.close();
}

async function generate(url: string, rows: number): Promise<readonly BenchAccount[]> {
  console.log(`Creating a database of ${rows.toLocaleString('en')} rows.`);
  await recreate(url);
  await runCli(['migrate'], url);
  const accounts: BenchAccount[] = [];
  for (const account of ACCOUNTS) accounts.push(await createAccount(url, account, rows));
  const database = await open(url);
  for (const [place, { accountId }] of accounts.entries()) await createUsers(database, accountId, buildUsers(place));
  await equipAccounts(url, accounts);
  await fill(
    url,
    accounts.map(({ accountId, count }, place) => ({ accountId, count, users: buildUsers(place) })),
  );
  await database.query('CREATE TABLE bench_accounts (version INT NOT NULL, accounts TEXT NOT NULL)');
  const marker = [GENERATOR_VERSION, JSON.stringify(accounts)];
  await database.query('INSERT INTO bench_accounts (version, accounts) VALUES (?, ?)', marker);
  await database.close();
  return accounts;
}

/** Returns the accounts of a database that this version of the generator has completed. */
async function readAccounts(url: string): Promise<readonly BenchAccount[] | undefined> {
  const database = await openIfExists(url);
  try {
    const rows = await database?.query<{ accounts: string }>('SELECT accounts FROM bench_accounts WHERE version = ?', [
      GENERATOR_VERSION,
    ]);
    return rows?.[0] && (JSON.parse(rows[0].accounts) as BenchAccount[]);
  } catch {
    return undefined; // not completed: the table is created last
  } finally {
    await database?.close();
  }
}

async function createAccount(
  url: string,
  { name, email, share }: (typeof ACCOUNTS)[number],
  rows: number,
): Promise<BenchAccount> {
  const options = ['--name', name, '--time-zone', 'Europe/Bucharest', '--email', email, '--manager-name', 'Manager'];
  const output = await runCli(['create-account', ...options], url);
  const accountId = /Created the account (\w+)/.exec(output)?.[1];
  const password = /^ {2}(\S+)$/m.exec(output)?.[1];
  if (accountId === undefined || password === undefined) throw new Error(`create-account printed: ${output}`);
  return { accountId, email, password, count: Math.round(rows * share) };
}

/** Copies the row of the account's manager for each user, so that the columns are those of the current schema. */
async function createUsers(database: BenchDatabase, accountId: string, users: readonly BenchUser[]): Promise<void> {
  const [manager] = await database.query('SELECT * FROM users WHERE account_id = ?', [accountId]);
  const copied = Object.keys(manager!).filter((column) => !['id', 'name', 'email'].includes(column));
  for (const { id, name, email } of users) {
    await database.query(
      `INSERT INTO users (id, name, email, ${copied.join(', ')})
       SELECT ?, ?, ?, ${copied.join(', ')} FROM users WHERE account_id = ? ORDER BY created_at LIMIT 1`,
      [id, name, email, accountId],
    );
  }
}

/** Registers the custom activity types, and creates the products that the measurements order. */
async function equipAccounts(url: string, accounts: readonly BenchAccount[]): Promise<void> {
  const service = await BenchService.start(url);
  for (const account of accounts) {
    const manager = await service.login(account);
    for (const type of CUSTOM_TYPES) await manager.post('/v1/activity-types', type);
    for (const product of PRODUCTS) await manager.post('/v1/products', product);
  }
  await service.stop();
}

async function runCli(args: readonly string[], url: string): Promise<string> {
  const env = { ...process.env, ...serviceSettings(url) };
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('dist/cli.js'), ...args], { env });
  return stdout;
}
