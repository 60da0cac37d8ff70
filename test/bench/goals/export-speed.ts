import { lowestIdAt } from '../../../src/lib/time-ordered-id';
import { chooseCommandLineExport } from '../baselines/command-line-export';
import { reportPath, type Bench, type RunningBench } from '../bench';
import { locate, open } from '../database/bench-database';
import type { Download, DownloadResult } from '../load/download';
import { runProgram } from '../load/run-program';
import { measureInTurn } from '../repeat';
import type { Result } from '../result';
import { INTERVAL } from '../rows/activity-rows';
import { median } from '../statistics';
import type { Goal } from './goal';

/** A filter of the report, in the words of the service and in SQL. */
interface ExportFilter {
  readonly name: string;
  readonly query: readonly string[];
  readonly condition: string;
}

const ACTIVITIES = ['order.placed', 'refund.requested', 'subscription.extended'];
/** The columns that a CSV is made of. */
const COLUMNS =
  'id, user_name, activity, outcome, subscription_reference, order_reference, amount, currency, billing_cycles, comment, page';

/** P1: the CSV over HTTP beside the command line client of the database, with the same rows in the same order. */
export const exportSpeed: Goal = {
  id: 'P1',
  title: 'exports, beside the command line client of the database',
  measure: (bench) =>
    bench.withService(async (running) => {
      const results: Result[] = [];
      for (const filter of listFilters(bench)) results.push(...(await measureExport(bench, running, filter)));
      return [...results, ...(await measureOthers(bench, running)), ...(await measureCompressed(bench, running))];
    }),
};

function listFilters({ database: { users } }: Bench): readonly ExportFilter[] {
  const busiest = users[0]!.id;
  const list = ACTIVITIES.map((activity) => `'${activity}'`).join(', ');
  return [
    { name: 'all rows', query: [], condition: '' },
    { name: 'the busiest user', query: [`userId=${busiest}`], condition: ` AND user_id = '${busiest}'` },
    {
      name: 'three activities',
      query: ACTIVITIES.map((activity) => `activity=${activity}`),
      condition: ` AND activity IN (${list})`,
    },
    { name: 'one outcome', query: ['outcome=failure'], condition: ` AND outcome = 'failure'` },
    { name: 'the usual outcome', query: ['outcome=success'], condition: ` AND outcome = 'success'` },
  ];
}

async function measureExport(
  { database }: Bench,
  { service, manager }: RunningBench,
  { name, query, condition }: ExportFilter,
): Promise<readonly Result[]> {
  const client = chooseCommandLineExport(database.url);
  const [from, to] = [INTERVAL.from, INTERVAL.to].map((moment) => lowestIdAt(new Date(moment)));
  const where = `WHERE account_id = '${database.account.accountId}' AND id >= '${from!}' AND id < '${to!}'${condition}`;
  const sql = `SELECT ${COLUMNS} FROM activities ${where} ORDER BY id DESC`;
  const download: Download = {
    url: service.url + reportPath('format=csv', ...query),
    headers: manager.headers,
    clients: 1,
  };
  const rows = await countRows(database.url, where);
  const { bytes } = await verifyRows(download, rows);
  await client.run(sql);
  const firstBytes: number[] = [];
  const values = await measureInTurn(
    async () => {
      const result = await runProgram<DownloadResult>('load/download', download);
      if (result.bytes !== bytes) throw new Error(`Two exports of ${name} differ in length.`);
      firstBytes.push(result.firstByte);
      return rows / result.seconds;
    },
    async () => rows / (await client.run(sql)),
  );
  const atLeast = locate(database.url).kind === 'sqlite' ? 0.3 : 0.6;
  return [
    {
      goal: 'P1',
      what: `CSV of ${name} (${rows.toLocaleString('en')} rows)`,
      unit: 'rows/s',
      ours: median(values.ours),
      baseline: { what: client.name, value: median(values.baseline) },
      bound: { atLeast },
      details: { ...values, bytes },
    },
    {
      goal: 'P1',
      what: `first byte of the CSV of ${name}`,
      unit: 'ms',
      ours: median(firstBytes),
      bound: { atMost: 100 },
      details: firstBytes,
    },
  ];
}

/** Measures the other exports of all rows. There is no goal for them. XLSX is left out, because it cannot have all rows. */
async function measureOthers({ database }: Bench, { service, manager }: RunningBench): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [what, ...query] of [
    ['CSV of all rows with all columns', 'format=csv', 'columns=all'],
    ['NDJSON of all rows', 'format=ndjson'],
  ] as const) {
    const download: Download = { url: service.url + reportPath(...query), headers: manager.headers, clients: 1 };
    const result = await runProgram<DownloadResult>('load/download', download);
    const ours = database.account.count / result.seconds;
    results.push({ goal: 'P1', what, unit: 'rows/s', ours, details: result });
  }
  return results;
}

/** Measures a compressed export, if the service compresses. There is no goal for it. */
async function measureCompressed({ database }: Bench, { service, manager }: RunningBench): Promise<readonly Result[]> {
  const url = service.url + reportPath('format=csv');
  const download: Download = { url, headers: { ...manager.headers, 'accept-encoding': 'gzip' }, clients: 1 };
  const result = await runProgram<DownloadResult>('load/download', download);
  if (!result.isCompressed) return [];
  const ours = database.account.count / result.seconds;
  return [{ goal: 'P1', what: 'CSV of all rows, compressed with gzip', unit: 'rows/s', ours, details: result }];
}

/** Downloads once to warm up, and checks that no row is missing. */
async function verifyRows(download: Download, rows: number): Promise<DownloadResult> {
  const result = await runProgram<DownloadResult>('load/download', { ...download, countRows: true });
  if (result.rows !== rows) throw new Error(`${download.url} has ${result.rows} rows instead of ${rows}.`);
  return result;
}

async function countRows(url: string, where: string): Promise<number> {
  const connection = await open(url);
  const [count] = await connection.query<{ total: number }>(`SELECT COUNT(*) AS total FROM activities ${where}`);
  await connection.close();
  return count!.total;
}
