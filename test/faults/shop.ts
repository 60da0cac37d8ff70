import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Person } from '../support/person';
import { buildOrder as orderOf, stockShop } from '../support/shop';

const CLI = resolve('dist/cli.js');
export const EMAIL = 'manager@faults.example';
const USER_PASSWORD = 'a password for faults';
/** Number of users who log in. Several, because each has a limited number of sessions. */
const USERS = 12;
const SUBSCRIPTIONS = 8;

/** A user who logs in during the load. */
export interface LoginUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** The merchant whose Control Panel the load uses. */
export interface Shop {
  /** Logs the manager in at a service. */
  readonly manager: (url: string) => Promise<Person>;
  readonly managerToken: string;
  /** Token of an API key that may only send records. */
  readonly apiKeyToken: string;
  readonly users: readonly LoginUser[];
  /** Subscriptions to extend, with the end of each before the load. */
  readonly subscriptions: readonly { readonly reference: string; readonly endsAt: string }[];
  /** Reference of the order whose invoice is sent. */
  readonly orderReference: string;
}

/** Runs a CLI command, and returns its output. */
export async function runCli(args: readonly string[], settings: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...settings },
  });
  return stdout;
}

/** Creates an account in a migrated database. Returns the manager's password. */
export async function createAccount(settings: Record<string, string>, email = EMAIL): Promise<string> {
  const options = ['--name', 'Faults', '--time-zone', 'Europe/Bucharest', '--email', email, '--manager-name', 'Maria'];
  const output = await runCli(['create-account', ...options], settings);
  const password = /^ {2}(\S+)$/m.exec(output)?.[1];
  if (password === undefined) throw new Error(`create-account printed no password: ${output}`);
  return password;
}

/** Creates a catalog, subscriptions, an API key and users through a running service. */
export async function openShop(url: string, password: string): Promise<Shop> {
  const login = async (at: string): Promise<Person> => {
    const { body } = await new Person(at).post('/v1/auth/login', { email: EMAIL, password }).expect(200);
    return new Person(at, body.token, body.user);
  };
  const manager = await login(url);
  await stockShop(manager);
  for (let made = 0; made < SUBSCRIPTIONS; made++) await manager.post('/v1/orders', orderOf('MONTHLY')).expect(201);
  const { body: order } = await manager.post('/v1/orders', orderOf('ONCE')).expect(201);
  const key = { name: 'faults', privileges: ['activities_write'] };
  const { body: apiKey } = await manager.post('/v1/api-keys', key).expect(201);
  const { body: list } = await manager.get('/v1/subscriptions').expect(200);
  const subscriptions = list.data as { reference: string; endsAt: string }[];
  return {
    manager: login,
    managerToken: manager.token!,
    apiKeyToken: apiKey.token,
    users: await createUsers(manager),
    subscriptions: subscriptions.map(({ reference, endsAt }) => ({ reference, endsAt })),
    orderReference: order.reference,
  };
}

async function createUsers(manager: Person): Promise<LoginUser[]> {
  const users: LoginUser[] = [];
  for (let made = 1; made <= USERS; made++) {
    const user = { email: `user-${made}@faults.example`, name: `User ${made}`, password: USER_PASSWORD, roleIds: [] };
    const { body } = await manager.post('/v1/users', user).expect(201);
    users.push({ id: body.id, email: user.email, password: USER_PASSWORD });
  }
  return users;
}
