import { setTimeout } from 'node:timers/promises';
import { reportPath } from '../bench';
import type { DownloadResult } from '../load/download';
import { startProgram } from '../load/run-program';
import type { Client } from '../service/client';
import { median, percentile } from '../statistics';
import type { Goal } from './goal';

const EXPORTS = 4;
/** Seconds of each measurement. */
const LENGTH = 15;
/** Milliseconds from the start of a request to the start of the next one, unless it takes longer. */
const PACE = 25;

/** P3: how long a page of the report takes while exports run, beside an idle service. */
export const pagesBesideExports: Goal = {
  id: 'P3',
  title: 'pages of the report while exports run',
  measure: (bench) =>
    bench.withService(async ({ service, manager }) => {
      await requestPages(manager, LENGTH / 3);
      const idle = await requestPages(manager, LENGTH);
      const exports = startProgram<DownloadResult>('load/download', {
        url: service.url + reportPath('format=csv'),
        headers: manager.headers,
        clients: EXPORTS,
        seconds: LENGTH * 20,
      });
      await setTimeout(2000); // the exports are under way
      const busy = await requestPages(manager, LENGTH);
      exports.stop();
      await exports.output;
      return [
        {
          goal: 'P3',
          what: `p99 of a report page while ${EXPORTS} exports run`,
          unit: 'ms',
          ours: percentile(busy, 0.99),
          baseline: { what: 'the same while idle', value: percentile(idle, 0.99) },
          bound: { atMost: 5 },
          details: { pages: busy.length, idleP50: median(idle), busyP50: median(busy), busyMax: Math.max(...busy) },
        },
      ];
    }),
};

/** Requests pages one after another, and returns how many milliseconds each took. */
async function requestPages(manager: Client, seconds: number): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    await manager.get(reportPath());
    const took = performance.now() - start;
    times.push(took);
    await setTimeout(Math.max(0, PACE - took));
  }
  return times;
}
