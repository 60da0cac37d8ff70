import { measureInTurn } from '../repeat';
import type { Bound, Result } from '../result';
import { median } from '../statistics';
import type { HttpLoadResult, LoadRequest } from './http-load';
import { runProgram } from './run-program';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 3;
const SECONDS = 5;

/** Requests that are sent to a server as fast as it answers. */
export interface Target {
  readonly what: string;
  readonly url: string;
  /** Each connection repeats one of them. */
  readonly requests: readonly LoadRequest[];
}

/** Measures how many requests two servers answer per second, in turn. */
export async function compareLoads(goal: string, ours: Target, baseline: Target, bound: Bound): Promise<Result> {
  for (const target of [ours, baseline]) await measureLoad(target, WARM_UP_SECONDS);
  const values = await measureInTurn(
    () => measureLoad(ours, SECONDS),
    () => measureLoad(baseline, SECONDS),
  );
  return {
    goal,
    what: ours.what,
    unit: 'requests/s',
    ours: median(values.ours),
    baseline: { what: baseline.what, value: median(values.baseline) },
    bound,
    details: values,
  };
}

async function measureLoad({ url, requests }: Target, seconds: number): Promise<number> {
  const load = { url, requests, connections: CONNECTIONS, seconds };
  return (await runProgram<HttpLoadResult>('load/http-load', load)).requestsPerSecond;
}
