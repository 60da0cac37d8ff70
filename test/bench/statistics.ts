/** Returns the median; of an even number of values, the lower one in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Returns the smallest value that is not exceeded by this share of the values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) throw new Error('There are no values.');
  return sorted[Math.ceil(sorted.length * share) - 1]!;
}
