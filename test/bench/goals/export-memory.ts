import { setTimeout } from 'node:timers/promises';
import { reportPath, type Bench } from '../bench';
import type { Download, DownloadResult } from '../load/download';
import { runProgram } from '../load/run-program';
import type { Result } from '../result';
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
      { clients: 8, seconds: LONGEST },
      `8 exports of all rows at once, for ${LONGEST} s`,
      128,
    ),
  ],
};

function measureGrowth(
  bench: Bench,
  load: Pick<Download, 'clients' | 'seconds'>,
  what: string,
  atMost: number,
): Promise<Result> {
  return bench.withService(async ({ service, manager }) => {
    await manager.get(reportPath());
    await setTimeout(WARM_UP);
    const idle = service.residentMemory;
    let peak = idle;
    const sampling = setInterval(() => (peak = Math.max(peak, service.residentMemory)), SAMPLE);
    const url = service.url + reportPath('format=csv');
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
