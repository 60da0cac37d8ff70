import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Bench } from './bench';
import { prepareDatabase } from './database/prepare';
import { exportMemory } from './goals/export-memory';
import { exportSpeed } from './goals/export-speed';
import { flatPages } from './goals/flat-pages';
import type { Goal } from './goals/goal';
import { ingestion } from './goals/ingestion';
import { ledger } from './goals/ledger';
import { pagesBesideExports } from './goals/pages-beside-exports';
import { reads } from './goals/reads';
import { start } from './goals/start';
import { summary } from './goals/summary';
import { trackedReads } from './goals/tracked-reads';
import { trackedWrite } from './goals/tracked-write';
import { describeMachine } from './machine';
import { readOptions } from './options';
import { printResults, summarize } from './print-results';
import { comparedValue, isReached, type Result } from './result';

const GOALS: readonly Goal[] = [
  exportSpeed,
  exportMemory,
  pagesBesideExports,
  reads,
  trackedReads,
  trackedWrite,
  ingestion,
  ledger,
  start,
  flatPages,
  summary,
];
const RESULTS = resolve('var/bench/results');

/** Measures the goals, and prints the results. Returns whether everything could be measured. */
async function main(): Promise<boolean> {
  const options = readOptions(GOALS.map(({ id }) => id));
  const bench = await Bench.prepare(options);
  const machine = await describeMachine(bench.database.url);
  const results: Result[] = [];
  const failures: string[] = [];
  for (const goal of GOALS.filter(({ id }) => options.only?.includes(id) ?? true)) {
    console.log(`${goal.id}: ${goal.title}`);
    try {
      const measured = await goal.measure(bench);
      for (const result of measured) console.log(`  ${summarize(result)}`);
      results.push(...measured);
    } catch (error) {
      console.error(error);
      failures.push(goal.id);
    }
  }
  await prepareDatabase(options.database, options.rows); // deletes what the measurements wrote
  const command = `npm run bench -- ${hidePassword(process.argv.slice(2).join(' '))}`;
  printResults(machine, command, results);
  const compared = results.map((result) => ({
    ...result,
    compared: comparedValue(result),
    reached: isReached(result),
  }));
  await save({ command, date: new Date().toISOString(), rows: options.rows, machine, failures, results: compared });
  if (failures.length > 0) console.error(`Not measured: ${failures.join(', ')}`);
  return failures.length === 0;
}

function hidePassword(text: string): string {
  return text.replace(/(:\/\/[^:@/\s]*):[^@\s]*@/g, '$1:…@');
}

async function save(run: { readonly date: string; readonly rows: number } & Record<string, unknown>): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${run.date.replaceAll(':', '-').slice(0, 19)}.json`);
  await writeFile(file, `${JSON.stringify(run, null, 2)}\n`);
  console.log(`\nSaved as ${file}.`);
}

main().then(
  (isComplete) => process.exit(isComplete ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
