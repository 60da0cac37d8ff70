import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/**
 * Milliseconds within which a second signal counts as the first one again: Ctrl+C reaches a process under npm twice.
 */
const REPEAT_MILLISECONDS = 1000;

/** Calls `stop` at the first SIGTERM or SIGINT. A later signal ends the process at once. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let first: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        stop(signal);
      } else if (now - first > REPEAT_MILLISECONDS) {
        process.exit(128 + constants.signals[signal]);
      }
    });
  }
}
