import type { RunningService } from './running-service';
import type { Outcome } from './testbed';

/** Maximum number of entries that are printed of each list. */
const SHOWN = 5;

/**
 * Prints the outcome of a fault. Returns whether nothing was lost, repeated or unmatched, and no answer was a failure.
 */
export function printOutcome({ name, journal, recoveries, found, lost, repeated, unmatched }: Outcome): boolean {
  const answers = [...journal.answers]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([answer, times]) => `${answer}: ${times}`);
  console.log(`  ${name}
    sent ${journal.operations.length}, acknowledged ${journal.acknowledged.length}, found ${found}
    acknowledged and not found ${lost.length}, done twice or in part ${repeated.length}, without record or action ${unmatched.length}
    answers: ${answers.join(', ')}
    recovery: ${recoveries.map(seconds).join(', ') || 'none'}`);
  for (const list of [lost, repeated, unmatched]) for (const line of list.slice(0, SHOWN)) console.log(`      ${line}`);
  const hasPassed = [lost, repeated, unmatched].every(({ length }) => length === 0) && journal.failures === 0;
  if (!hasPassed) console.log('    FAILED');
  return hasPassed;
}

/** Prints the retries of each service, and the errors it logged. */
export function printSummary(services: readonly RunningService[]): void {
  for (const { port, errors, retries } of services) {
    const lines = [...errors].sort(([, a], [, b]) => b - a).slice(0, SHOWN * 2);
    console.log(
      `  service at ${port}: ${retries} transactions run again; errors logged: ${lines.length === 0 ? 'none' : ''}`,
    );
    for (const [message, times] of lines) console.log(`    ${times} × ${message}`);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
