import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/config';
import { writeSourceOptions } from '../../src/database/sources/data-sources';
import { Person } from '../support/person';
import { randomAddress, randomEmail, measure, type Attack, type Emails, type Times } from './login-probes';
import { MariaDbServer } from './mariadb-server';
import { findFreePorts } from './network';
import { RunningService } from './running-service';
import { pValue, groupMeans, mean, median, separability } from './separability';
import { createAccount, EMAIL, runCli } from './shop';
import { makeFolder, removeFolder } from './testbed';

export const summary = 'measures whether the time of a refused login tells which email addresses exist';

type Kind = 'sqlite' | 'mariadb';
const KINDS: readonly Kind[] = ['sqlite', 'mariadb'];
const EMAILS = 12;
const PROBES = 200;
const PROBES_AT_ONCE = 20;
/** Maximum area under the ROC curve; 0.5 is chance level. */
const MAX_AREA = 0.6;
/** Significance level of the test over 12 against 12 email addresses. Each run makes twelve such tests. */
const MIN_P_VALUE = 0.005;

const ATTACKS: readonly Attack[] = [
  { name: 'wrong passwords, from changing addresses', status: 401, before: 0, address: randomAddress, forgetEvery: 40 },
  { name: 'locked out, from one address', status: 429, before: 10, address: () => '203.0.113.7' },
  { name: 'locked out, from changing addresses', status: 429, before: 50, address: randomAddress },
];

/**
 * Probes the service with 12 email addresses of users and 12 that nobody has, 200 times each in random order, and
 * prints the area under the ROC curve: the probability that a probe of one kind takes longer than one of the other.
 *
 * The limit applies to single probes, and to means of 20 probes. The means of whole email addresses are only 12 against
 * 12 values: by chance alone, their area exceeds 0.6 in two runs out of five. So the program computes their p-value,
 * and fails if that is too low.
 *
 * @param options names of databases, `sqlite` and `mariadb` by default
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const selected = KINDS.filter((kind) => options.includes(kind));
  let hasPassed = true;
  for (const kind of selected.length > 0 ? selected : KINDS) if (!(await runOn(kind))) hasPassed = false;
  return hasPassed;
}

async function runOn(kind: Kind): Promise<boolean> {
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  const server = kind === 'mariadb' ? await MariaDbServer.prepare(join(folder, 'mariadb')) : undefined;
  let service: RunningService | undefined;
  try {
    await server?.start();
    await server?.query('CREATE DATABASE faults CHARACTER SET utf8mb4');
    const DATABASE_URL = server ? server.url('faults') : `sqlite:${join(folder, 'faults.db')}`;
    await runCli(['migrate'], { DATABASE_URL });
    const password = await createAccount({ DATABASE_URL });
    const [port] = await findFreePorts(1);
    const limits = { TRUST_PROXY: '1', LOGIN_FAILURES_PER_ADDRESS: '100000' };
    const settings = { DATABASE_URL, SCHEDULE_JOBS: 'false', LOG_LEVEL: 'info', ...limits };
    service = new RunningService(settings, port!, join(folder, 'service.log'));
    await service.start();
    console.log(
      `\n${kind === 'sqlite' ? 'SQLite' : 'MariaDB'}: ${EMAILS} email addresses of each kind, ${PROBES} probes each`,
    );
    return await runAttacks(service.url, DATABASE_URL, await createUsers(service.url, password));
  } finally {
    await service?.kill();
    await server?.kill();
    await removeFolder(folder);
  }
}

async function runAttacks(url: string, DATABASE_URL: string, emails: Emails): Promise<boolean> {
  const source = await new DataSource(writeSourceOptions(loadConfig({ DATABASE_URL }), [])).initialize();
  const forget = () => source.query('DELETE FROM login_attempts');
  let hasPassed = true;
  try {
    for (const attack of ATTACKS) {
      if (!judge(attack.name, await measure(url, forget, PROBES, emails, attack))) hasPassed = false;
    }
  } finally {
    await source.destroy();
  }
  return hasPassed;
}

/**
 * Prints how well the times separate the two kinds of email addresses, and returns whether that is below the limits.
 */
function judge(name: string, { known, unknown }: { readonly known: Times; readonly unknown: Times }): boolean {
  const valuesOfBoth = (view: (probes: readonly number[]) => readonly number[]) =>
    [known, unknown].map((times) => [...times.values()].flatMap((probes) => [...view(probes)])) as [number[], number[]];
  const probes = valuesOfBoth((all) => all);
  const single = separability(...probes);
  const grouped = separability(...valuesOfBoth((all) => groupMeans(all, PROBES_AT_ONCE)));
  const byEmail = [valuesOfBoth((all) => [mean(all)]), valuesOfBoth((all) => [median(all)])] as const;
  const [means, medians] = byEmail.map((one) => separability(...one));
  const pValues = byEmail.map((one) => pValue(...one));
  const hasPassed = single <= MAX_AREA && grouped <= MAX_AREA && pValues.every((value) => value > MIN_P_VALUE);
  const formatMedian = (milliseconds: readonly number[]) => `${median(milliseconds).toFixed(2)} ms`;
  console.log(
    [
      `  ${name}: median ${formatMedian(probes[0])} known, ${formatMedian(probes[1])} unknown`,
      `    area: ${single.toFixed(3)} of probes, ${grouped.toFixed(3)} of means of ${PROBES_AT_ONCE}; ${hasPassed ? 'holds' : 'FAILS'}`,
      `    of email addresses: ${means!.toFixed(3)} of means (by chance ${percent(pValues[0]!)}), ${medians!.toFixed(3)} of medians (by chance ${percent(pValues[1]!)})`,
    ].join('\n'),
  );
  return hasPassed;
}

/**
 * Creates users of each kind that cannot log in with a wrong password: active, disabled, and invited without a
 * password.
 */
async function createUsers(url: string, password: string): Promise<Emails> {
  const { body } = await new Person(url).post('/v1/auth/login', { email: EMAIL, password }).expect(200);
  const manager = new Person(url, body.token, body.user);
  const known: string[] = [];
  for (let number = 0; number < EMAILS; number++) {
    const user = { email: randomEmail(), name: 'John Doe', roleIds: [] };
    const isInvited = number % 4 === 3;
    const body = isInvited ? user : { ...user, password: 'a password that is never sent' };
    const { id, version } = (await manager.post('/v1/users', body).expect(201)).body;
    if (number % 4 === 2) await manager.patch(`/v1/users/${id}`, { status: 'disabled', version }).expect(200);
    known.push(user.email);
  }
  return { known, unknown: Array.from({ length: EMAILS }, randomEmail) };
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`;
}
