import { setTimeout } from 'node:timers/promises';
import { reportPath, summaryPath, type RunningBench } from '../bench';
import type { Download, DownloadResult } from '../load/download';
import { startProgram } from '../load/run-program';
import type { Result } from '../result';
import type { Client } from '../service/client';
import { median, percentile } from '../statistics';
import type { Goal } from './goal';

/** Exports or summaries at once. */
const CLIENTS = 4;
/** Seconds of each measurement. */
const LENGTH = 15;
/** Milliseconds from the start of a request to the start of the next one, unless it takes longer. */
const PACE = 25;

/** P3: how long a page of the report takes while exports and summaries run, beside an idle service. */
export const pagesBesideExports: Goal = {
  id: 'P3',
  title: 'pages of the report while exports and summaries run',
  measure: (bench) =>
    bench.withService(async (running) => {
      await requestPages(running.manager, LENGTH / 3);
      const idle = await requestPages(running.manager, LENGTH);
      return [
        await measureBeside(running, idle, 'exports', reportPath('format=csv')),
        await measureBeside(running, idle, 'summaries', summaryPath('groupBy=user', 'groupBy=activity')),
      ];
    }),
};

/** Measures pages while clients download what is at the path, again and again. */
async function measureBeside(
  { service, manager }: RunningBench,
  idle: readonly number[],
  what: string,
  path: string,
): Promise<Result> {
  const load: Download = {
    url: service.url + path,
    headers: manager.headers,
    clients: CLIENTS,
    seconds: LENGTH * 20,
  };
  const downloads = startProgram<DownloadResult>('load/download', load);
  await setTimeout(2000); // the downloads are under way
  const busy = await requestPages(manager, LENGTH);
  downloads.stop();
  await downloads.output;
  return {
    goal: 'P3',
    what: `p99 of a report page while ${CLIENTS} ${what} run`,
    unit: 'ms',
    ours: percentile(busy, 0.99),
    baseline: { what: 'the same while idle', value: percentile(idle, 0.99) },
    bound: { atMost: 5 },
    details: { pages: busy.length, idleP50: median(idle), busyP50: median(busy), busyMax: Math.max(...busy) },
  };
}

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
