import { setTimeout } from 'node:timers/promises';
import { pendingRecordsOf } from '../../../src/audit/recording/pending-records.entity';
import { IdSource } from '../../../src/lib/time-ordered-id';
import type { Bench } from '../bench';
import { open, type BenchDatabase } from '../database/bench-database';
import type { Ingestion, IngestionRate } from '../load/ingest';
import { runProgram } from '../load/run-program';
import type { Result } from '../result';
import { median, percentile } from '../statistics';
import type { Goal } from './goal';

const VIEWS = 200;
/** Longest pause between two page views, in milliseconds. */
const LONGEST_PAUSE = 120;
/** Milliseconds between two looks at the table of pending records. */
const POLL = 2;
const CLIENTS = 4;
const RECORDS_PER_BATCH = 1000;
const BATCHES = 40;

/** P10: how long committed records wait for their places in the ledger, for information only. */
export const ledger: Goal = {
  id: 'P10',
  title: 'the ledger, from commit to place',
  measure: async (bench) => {
    const database = await open(bench.database.url);
    try {
      return [...(await measureLatency(bench, database)), ...(await measureDrain(bench, database))];
    } finally {
      await database.close();
    }
  },
};

/** Measures the time from the response to a single page view until it has its place. */
function measureLatency(bench: Bench, database: BenchDatabase): Promise<Result[]> {
  return bench.withService(async ({ manager }) => {
    const waits: number[] = [];
    for (let view = 0; view < VIEWS; view++) {
      await manager.post('/v1/page-views', { page: '/orders/2000001', title: 'Order 2000001' });
      waits.push(await untilSequenced(database));
      await setTimeout(Math.random() * LONGEST_PAUSE);
    }
    const what = 'commit to ledger, page views one at a time';
    return [
      { goal: 'P10', what: `${what}, p50`, unit: 'ms', ours: median(waits), details: waits },
      { goal: 'P10', what: `${what}, p99`, unit: 'ms', ours: percentile(waits, 0.99) },
    ];
  });
}

/** Measures how fast records get their places, beside how fast they were written. */
function measureDrain(bench: Bench, database: BenchDatabase): Promise<Result[]> {
  return bench.withService(async ({ service, manager }) => {
    const load: Ingestion = {
      url: service.url,
      token: manager.token!,
      clients: CLIENTS,
      batches: BATCHES,
      recordsPerBatch: RECORDS_PER_BATCH,
      keyPrefix: `ledger-${Date.now().toString(36)}`,
    };
    const { rowsPerSecond } = await runProgram<IngestionRate>('load/ingest', load);
    const left = await untilSequenced(database);
    const rows = BATCHES * RECORDS_PER_BATCH;
    const baseline = { what: 'records written', value: rowsPerSecond };
    const backlog = await makePending(database);
    await manager.post('/v1/page-views', { page: '/orders/2000001', title: 'Order 2000001' });
    const drained = await untilSequenced(database);
    return [
      {
        goal: 'P10',
        what: `places given while and after ${CLIENTS} clients ingest, at most as many as written`,
        unit: 'rows/s',
        ours: rows / (rows / rowsPerSecond + left / 1000),
        baseline,
        details: { millisecondsAfterTheLastResponse: left },
      },
      { goal: 'P10', what: 'places given to a backlog', unit: 'rows/s', ours: backlog / (drained / 1000), baseline },
    ];
  });
}

/** Takes the places of all records away and makes them pending, and returns their number. Nothing else may run. */
async function makePending(database: BenchDatabase): Promise<number> {
  const entries = await database.query<{ account: string; id: string }>(
    'SELECT account_id AS account, activity_id AS id FROM audit_ledger ORDER BY account_id, sequence',
  );
  await database.query('DELETE FROM audit_ledger');
  await database.query('UPDATE audit_ledger_heads SET sequence = 0');
  const records = entries.map(({ account, id }) => ({ accountId: account, id }));
  const ids = new IdSource();
  for (const { id, accountId, activityIds } of pendingRecordsOf(records, () => ids.next(new Date())))
    await database.query('INSERT INTO audit_pending (id, account_id, activity_ids) VALUES (?, ?, ?)', [
      id,
      accountId,
      JSON.stringify(activityIds),
    ]);
  return records.length;
}

/** Waits until no record is pending, and returns how many milliseconds that took. */
async function untilSequenced(database: BenchDatabase): Promise<number> {
  const start = performance.now();
  while ((await database.query('SELECT 1 FROM audit_pending LIMIT 1')).length > 0) await setTimeout(POLL);
  return performance.now() - start;
}
