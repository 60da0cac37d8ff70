import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { startProcess } from '../../faults/child-processes';

/** A program of the benchmark that runs. */
export interface RunningProgram<Output> {
  /** What the program printed, when it has ended. */
  readonly output: Promise<Output>;
  /** Asks the program to end early. */
  stop(): void;
}

/**
 * Starts a program of this folder in a process of its own, so that its work does not slow down the service.
 * @param program its path below test/bench, such as `load/http-load`
 */
export function startProgram<Output>(program: string, input: object): RunningProgram<Output> {
  const file = resolve(__dirname, '..', `${program}.js`);
  const child = startProcess(process.execPath, [file, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = Promise.all([text(child.stdout!), once(child, 'close')]).then(([printed, [code]]) => {
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}.`);
    return JSON.parse(printed) as Output;
  });
  return { output, stop: () => child.kill('SIGTERM') };
}

export function runProgram<Output>(program: string, input: object): Promise<Output> {
  return startProgram<Output>(program, input).output;
}
