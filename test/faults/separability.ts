/**
 * Returns how well two sets of measurements can be told apart, from 0.5 (not at all) to 1: the area under the ROC
 * curve, whichever set is higher.
 */
export function separability(some: readonly number[], others: readonly number[]): number {
  const area = areaUnderCurve(some, others);
  return Math.max(area, 1 - area);
}

/**
 * Returns the p-value of the area: the probability that it is at least as far from 0.5 if the sets do not differ
 * (normal approximation of the Mann-Whitney U test).
 */
export function pValue(some: readonly number[], others: readonly number[]): number {
  const [n, m] = [some.length, others.length];
  const deviation = Math.sqrt((n + m + 1) / (12 * n * m));
  return Math.min(1, 2 * upperTail((separability(some, others) - 0.5) / deviation));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Returns the means of consecutive groups of `size` values. */
export function groupMeans(values: readonly number[], size: number): number[] {
  const groups = Array.from({ length: Math.floor(values.length / size) }, (_, group) => group * size);
  return groups.map((start) => mean(values.slice(start, start + size)));
}

/** Returns the probability that a value of `some` is higher than one of `others`; ties count half. */
function areaUnderCurve(some: readonly number[], others: readonly number[]): number {
  const sorted = [...others].sort((a, b) => a - b);
  const wins = some.reduce((sum, value) => sum + (below(sorted, value) + notAbove(sorted, value)) / 2, 0);
  return wins / (some.length * others.length);
}

/** Returns how many of the sorted values are lower. */
function below(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one >= value);
}

function notAbove(sorted: readonly number[], value: number): number {
  return firstWhere(sorted, (one) => one > value);
}

/** Returns the index of the first value that fits, by binary search: all values after it must fit too. */
function firstWhere(sorted: readonly number[], fits: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns the upper tail probability of the standard normal distribution (Abramowitz and Stegun 26.2.17). */
function upperTail(deviations: number): number {
  const t = 1 / (1 + 0.2316419 * deviations);
  const density = Math.exp(-(deviations ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const [b1, b2, b3, b4, b5] = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429] as const;
  return density * t * (b1 + t * (b2 + t * (b3 + t * (b4 + t * b5))));
}
