import { lowestIdAt } from '../../../src/lib/time-ordered-id';
import { offsetAt } from '../../../src/lib/time/zoned-time';
import { chooseCommandLineExport } from '../baselines/command-line-export';
import { INTERVAL_OF_SUMMARY, summaryPath, type Bench, type RunningBench } from '../bench';
import { locate, open } from '../database/bench-database';
import { measureInTurn } from '../repeat';
import type { Result } from '../result';
import { median } from '../statistics';
import type { Goal } from './goal';

/** The time zone of a summary that is not in UTC. */
const TIME_ZONE = 'Europe/Bucharest';
const HOUR = 60 * 60_000;

/** A summary, in the words of the service and in SQL. */
interface Summary {
  readonly name: string;
  readonly query: readonly string[];
  readonly groupedBy: string;
  readonly condition?: string;
}

/** P11: summaries beside the command line client of the database, which runs the same GROUP BY. */
export const summary: Goal = {
  id: 'P11',
  title: 'summaries, beside the command line client of the database',
  measure: (bench) =>
    bench.withService(async (running) => {
      const results: Result[] = [];
      for (const one of listSummaries(bench)) results.push(await measureSummary(bench, running, one));
      return results;
    }),
};

/** Local times and groups are those of the records in the database, which has neither time zones nor groups. */
function listSummaries({ database: { users, url } }: Bench): readonly Summary[] {
  const { kind } = locate(url);
  const busiest = users[0]!.id;
  const day = 'DATE(occurred_at)';
  const hour = kind === 'sqlite' ? 'SUBSTR(occurred_at, 12, 2)' : 'HOUR(occurred_at)';
  const by = (...groupBy: string[]) => groupBy.map((grouping) => `groupBy=${grouping}`);
  return [
    { name: 'by day and outcome', query: by('day', 'outcome'), groupedBy: `${day}, outcome` },
    { name: 'by user and activity', query: by('user', 'activity'), groupedBy: 'user_id, activity' },
    { name: 'by hour of the day', query: by('hourOfDay'), groupedBy: hour },
    {
      name: `by hour of the day in ${TIME_ZONE}`,
      query: [...by('hourOfDay'), `timeZone=${TIME_ZONE}`],
      groupedBy: localHour(kind),
    },
    { name: 'by hour of the day and user', query: by('hourOfDay', 'user'), groupedBy: `${hour}, user_id` },
    { name: 'by day and hour of the day', query: by('day', 'hourOfDay'), groupedBy: `${day}, ${hour}` },
    { name: 'by week and user, beside day and user', query: by('week', 'user'), groupedBy: `${day}, user_id` },
    { name: 'by week and group, beside day and activity', query: by('week', 'group'), groupedBy: `${day}, activity` },
    { name: 'by activity and outcome', query: by('activity', 'outcome'), groupedBy: 'activity, outcome' },
    {
      name: 'of the busiest user by week, beside day',
      query: [`userId=${busiest}`, ...by('week')],
      groupedBy: day,
      condition: ` AND user_id = '${busiest}'`,
    },
  ];
}

/** Returns the hour in the time zone, as SQL for a database without time zones. */
function localHour(kind: 'sqlite' | 'mysql' | 'mariadb'): string {
  const cases: string[] = [];
  const { from, to } = INTERVAL_OF_SUMMARY;
  const hoursAt = (instant: number) => offsetAt(instant, TIME_ZONE) / HOUR;
  for (let instant = from + HOUR; instant < to; instant += HOUR) {
    if (hoursAt(instant) === hoursAt(instant - HOUR)) continue;
    const change = new Date(instant).toISOString().slice(0, -1).replace('T', ' ');
    cases.push(`WHEN occurred_at < '${change}' THEN ${hoursAt(instant - HOUR)}`);
  }
  const hours = `CASE ${cases.join(' ')} ELSE ${hoursAt(to - 1)} END`;
  if (kind === 'sqlite') return `STRFTIME('%H', occurred_at, ${hours} || ' hours')`;
  return `HOUR(occurred_at + INTERVAL ${hours} HOUR)`;
}

async function measureSummary(
  { database }: Bench,
  { manager }: RunningBench,
  { name, query, groupedBy, condition = '' }: Summary,
): Promise<Result> {
  const client = chooseCommandLineExport(database.url);
  const [from, to] = [INTERVAL_OF_SUMMARY.from, INTERVAL_OF_SUMMARY.to].map((moment) => lowestIdAt(new Date(moment)));
  const where = `WHERE account_id = '${database.account.accountId}' AND id >= '${from!}' AND id < '${to!}'${condition}`;
  const columns = `${groupedBy}, currency`;
  const sql = `SELECT ${columns}, COUNT(*), SUM(amount) FROM activities ${where} GROUP BY ${columns}`;
  const rows = await countRows(database.url, where);
  const path = summaryPath(...query);
  const summarize = async () => {
    const start = performance.now();
    const { totals } = await manager.get<{ totals: { count: number } }>(path);
    const seconds = (performance.now() - start) / 1000;
    if (totals.count !== rows) throw new Error(`${path} counted ${totals.count} rows instead of ${rows}.`);
    return rows / seconds;
  };
  await summarize();
  await client.run(sql);
  const values = await measureInTurn(summarize, async () => rows / (await client.run(sql)));
  return {
    goal: 'P11',
    what: `summary ${name} (${rows.toLocaleString('en')} rows)`,
    unit: 'rows/s',
    ours: median(values.ours),
    baseline: { what: `${client.name}, the same GROUP BY`, value: median(values.baseline) },
    bound: { atLeast: 0.8 },
    details: values,
  };
}

async function countRows(url: string, where: string): Promise<number> {
  const connection = await open(url);
  const [count] = await connection.query<{ total: number }>(`SELECT COUNT(*) AS total FROM activities ${where}`);
  await connection.close();
  return count!.total;
}
