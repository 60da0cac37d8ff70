import type { BareInsertRate, BareInserts } from '../baselines/insert-rows';
import { locate } from '../database/bench-database';
import type { Ingestion, IngestionRate } from '../load/ingest';
import { runProgram } from '../load/run-program';
import { measureInTurn } from '../repeat';
import { median } from '../statistics';
import type { Goal } from './goal';

const CLIENTS = 4;
const RECORDS_PER_BATCH = 1000;
const BATCHES = 40;
const ROWS_PER_STATEMENT = 200;

/** P7: ingestion, beside inserts of the same rows with nothing but the driver. */
export const ingestion: Goal = {
  id: 'P7',
  title: 'ingestion, beside bare inserts',
  measure: (bench) =>
    bench.withService(async ({ service, manager }) => {
      // Only one connection can write to a SQLite file.
      const connections = locate(bench.database.url).kind === 'sqlite' ? 1 : CLIENTS;
      let run = Date.now();
      const ingest = async (batches = BATCHES) => {
        const load: Ingestion = {
          url: service.url,
          token: manager.token!,
          clients: CLIENTS,
          batches,
          recordsPerBatch: RECORDS_PER_BATCH,
          keyPrefix: `bench-${(run++).toString(36)}`,
        };
        return (await runProgram<IngestionRate>('load/ingest', load)).rowsPerSecond;
      };
      const insert = async () => {
        const load: BareInserts = {
          databaseUrl: bench.database.url,
          rows: BATCHES * RECORDS_PER_BATCH,
          rowsPerStatement: ROWS_PER_STATEMENT,
          connections,
        };
        return (await runProgram<BareInsertRate>('baselines/insert-rows', load)).rowsPerSecond;
      };
      await ingest(BATCHES / 4);
      const values = await measureInTurn(() => ingest(), insert);
      return [
        {
          goal: 'P7',
          what: `ingestion, ${CLIENTS} clients, batches of ${RECORDS_PER_BATCH}`,
          unit: 'rows/s',
          ours: median(values.ours),
          baseline: {
            what: `bare inserts, ${ROWS_PER_STATEMENT} rows a statement, connections: ${connections}`,
            value: median(values.baseline),
          },
          bound: { atLeast: 0.35 },
          details: values,
        },
      ];
    }),
};
