import 'reflect-metadata';
import { createApp } from '../../src/app';
import { ACTIVITY_TYPES } from '../../src/audit/catalogue/activity-type';
import { loadConfig } from '../../src/config/config';
import { prepareAccount, MANAGER, type BenchAccount } from './bench-account';

const RUNS = 7;
const REPORT = '/v1/reports/users-activity';

/**
 * Measures how long pages of the report take, as a ratio to the first page of the unfiltered report in the same run.
 */
async function main(): Promise<void> {
  const url = process.env.BENCH_DATABASE_URL ?? 'sqlite:var/bench.db';
  if (!url.includes('bench'))
    throw new Error('The name of the database must contain "bench", because the benchmark fills it.');
  const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
  const settings = { DATABASE_URL: url, LOG_LEVEL: 'silent', SCHEDULE_JOBS: 'false' };
  const account = await prepareAccount(loadConfig(settings), rows);
  console.log(`${account.rows} rows on ${url.split(':')[0]!}`);
  const app = await createApp(loadConfig(settings));
  await app.listen(0, '127.0.0.1');
  try {
    await measure((await app.getUrl()).replace('[::1]', '127.0.0.1'), account);
  } finally {
    await app.close();
  }
}

async function measure(url: string, account: BenchAccount): Promise<void> {
  const headers = { authorization: `Bearer ${await login(url)}` };
  const get = async (query: string, accept = 'application/json'): Promise<string> => {
    const response = await fetch(`${url}${REPORT}?${query}`, { headers: { ...headers, accept } });
    if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
    return response.text();
  };
  let baseline: number | undefined;
  for (const [name, query] of listQueries(account)) {
    const { data } = JSON.parse(await get(query)) as { data: unknown[] };
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await get(query);
      times.push(performance.now() - start);
    }
    const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
    baseline ??= median;
    console.log(
      `${name.padEnd(58)} ${median.toFixed(1).padStart(8)} ms  ×${(median / baseline).toFixed(1).padStart(6)}  ${data.length} rows`,
    );
  }
  const start = performance.now();
  const lines = (await get('interval=last_30_days', 'text/csv')).split('\r\n').length - 2;
  const seconds = (performance.now() - start) / 1000;
  const page = (baseline! / 1000 / 50) * lines;
  console.log(
    `CSV of 30 days: ${lines} rows, ${Math.round(lines / seconds)} rows/s; page by page it would take ×${(page / seconds).toFixed(1)}`,
  );
}

/** Lists the queries to measure. The first one is the baseline. */
function listQueries({ userIds }: BenchAccount): [name: string, query: string][] {
  const user = (place: number) => `userId=${userIds.at(place)!}`;
  const common = ACTIVITY_TYPES[0]!;
  const rare = ACTIVITY_TYPES.at(-1)!;
  const year = 'from=2020-01-01';
  return [
    ['first page, last 30 days', 'interval=last_30_days'],
    ['first page, all time', year],
    ['oldest first, all time', `${year}&order=asc`],
    ['a page of 1000', `${year}&limit=1000`],
    ['the busiest user, all time', `${year}&${user(0)}`],
    ['the laziest user, all time', `${year}&${user(-1)}`],
    ['ten users, all time', `${year}&${[0, 1, 2, 5, 10, 20, 50, 100, 150, -1].map(user).join('&')}`],
    ['the commonest activity, all time', `${year}&activity=${common}`],
    ['the rarest activity, all time', `${year}&activity=${rare}`],
    ['three activities, all time', `${year}&activity=${common}&activity=${rare}&activity=${ACTIVITY_TYPES[15]!}`],
    ['the laziest user with the rarest activity, all time', `${year}&${user(-1)}&activity=${rare}`],
    ['the busiest user with the rarest activity, all time', `${year}&${user(0)}&activity=${rare}`],
    ['denied, all time', `${year}&outcome=denied`],
    ['denied to the laziest user, all time', `${year}&outcome=denied&${user(-1)}`],
    ['nothing: denied, rarest activity, laziest user', `${year}&outcome=denied&activity=${rare}&${user(-1)}`],
  ];
}

async function login(url: string): Promise<string> {
  const { email, password } = MANAGER;
  const response = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return ((await response.json()) as { token: string }).token;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
