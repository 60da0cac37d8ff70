import { setTimeout } from 'node:timers/promises';
import { reportPath, type Bench } from '../bench';
import type { Download, DownloadResult } from '../load/download';
import { runProgram } from '../load/run-program';
import type { Result } from '../result';
import { INTERVAL } from '../rows/activity-rows';
import type { Goal } from './goal';

/** Seconds after which the clients of several exports leave: the memory does not depend on the rest. */
const LONGEST = 120;
/** Milliseconds after which the service is idle: it has started its worker thread. */
const WARM_UP = 2000;
/** Milliseconds between two samples. */
const SAMPLE = 20;

/** P2: how much the memory of the service grows from idle to its peak during exports. */
export const exportMemory: Goal = {
  id: 'P2',
  title: 'memory of exports',
  measure: async (bench) => [
    await measureGrowth(bench, { clients: 1 }, 'one export of all rows', 64),
    await measureGrowth(
      bench,
      { clients: 1, parameters: sheetParameters(bench) },
      'one XLSX as large as Excel reads',
      64,
    ),
    await measureGrowth(
      bench,
      { clients: 8, seconds: LONGEST },
      `8 exports of all rows at once, for ${LONGEST} s`,
      128,
    ),
  ],
};

/** Rows of the longest XLSX export that is measured: a little fewer than a sheet can have. */
const SHEET_ROWS = 1_000_000;

/** Returns the parameters of an XLSX export of the newest records, about as many as a sheet can have. */
function sheetParameters({ database: { account } }: Bench): readonly string[] {
  const length = (INTERVAL.to - INTERVAL.from) * Math.min(1, SHEET_ROWS / account.count);
  return [
    'format=xlsx',
    `from=${new Date(INTERVAL.to - length).toISOString()}`,
    `to=${new Date(INTERVAL.to).toISOString()}`,
  ];
}

interface ExportLoad extends Pick<Download, 'clients' | 'seconds'> {
  /** The query parameters; those of a CSV of all rows by default. */
  readonly parameters?: readonly string[];
}

function measureGrowth(
  bench: Bench,
  { parameters = ['format=csv'], ...load }: ExportLoad,
  what: string,
  atMost: number,
): Promise<Result> {
  return bench.withService(async ({ service, manager }) => {
    await manager.get(reportPath());
    await setTimeout(WARM_UP);
    const idle = service.residentMemory;
    let peak = idle;
    const sampling = setInterval(() => (peak = Math.max(peak, service.residentMemory)), SAMPLE);
    const url = service.url + reportPath(...parameters);
    await runProgram<DownloadResult>('load/download', { ...load, url, headers: manager.headers });
    clearInterval(sampling);
    return {
      goal: 'P2',
      what: `growth of RSS: ${what}`,
      unit: 'MiB',
      ours: peak - idle,
      bound: { atMost },
      details: { idle, peak },
    };
  });
}
