import type { Machine } from './machine';
import { comparedValue, isReached, type Bound, type Result } from './result';

const HEADINGS = ['goal', 'what', 'ours', 'baseline', '', 'ratio', 'wanted', 'reached'];

/** Prints the results as a Markdown table, below the machine and the command. */
export function printResults(machine: Machine, command: string, results: readonly Result[]): void {
  console.log(`\n${command}`);
  console.log(Object.values(machine).join(' | '));
  const lines = [HEADINGS, ...results.map(toCells)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]!.length)));
  const print = (cells: readonly string[]) => {
    console.log(`| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  };
  console.log();
  for (const [place, cells] of lines.entries()) {
    print(cells);
    if (place === 0) print(widths.map((width) => '-'.repeat(width)));
  }
}

/** Returns a result in one line. */
export function summarize(result: Result): string {
  return toCells(result)
    .filter((cell) => cell !== '')
    .join('  ');
}

function toCells(result: Result): string[] {
  const { goal, what, unit, ours, baseline, bound } = result;
  const reached = isReached(result);
  return [
    goal,
    what,
    `${round(ours)} ${unit}`,
    baseline?.what ?? '',
    baseline ? `${round(baseline.value)} ${unit}` : '',
    baseline ? comparedValue(result).toFixed(2) : '',
    bound ? describeBound(bound, baseline ? '' : ` ${unit}`) : '',
    reached === undefined ? '' : reached ? 'yes' : 'NO',
  ];
}

function describeBound(bound: Bound, unit: string): string {
  return 'atLeast' in bound ? `≥ ${bound.atLeast}${unit}` : `≤ ${bound.atMost}${unit}`;
}

/** Formats a value with at least two significant digits. */
function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(value >= 10 ? 3 : 2);
}
