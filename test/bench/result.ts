/** What the ratio of a result must be; without a baseline, what the result itself must be. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** A measurement beside the baseline of the same run. */
export interface Result {
  /** The goal, such as P1. */
  readonly goal: string;
  readonly what: string;
  /** Unit of both values, such as `rows/s`. */
  readonly unit: string;
  readonly ours: number;
  readonly baseline?: { readonly what: string; readonly value: number };
  /** Undefined for a value that is measured for information only. */
  readonly bound?: Bound;
  /** The single values of which `ours` and the baseline are the median or the worst. */
  readonly details?: unknown;
}

/** Returns the value that the bound limits. */
export function comparedValue({ ours, baseline }: Result): number {
  return baseline ? ours / baseline.value : ours;
}

/** Returns whether the bound is kept; undefined if there is none. */
export function isReached(result: Result): boolean | undefined {
  const { bound } = result;
  if (!bound) return undefined;
  const value = comparedValue(result);
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}
