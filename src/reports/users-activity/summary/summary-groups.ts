import type { GroupCount } from '../counting/slice';
import type { TimeBucket, TimeKey } from '../counting/time-bucket';

/** The number of rows of a group, and the exact sums of their amounts in minor units, by currency. */
export interface Totals {
  count: number;
  readonly sums: Map<string, bigint>;
}

/** Who did something: a user or an API key by its id, and anybody else by the recorded name. */
export interface Who {
  readonly id: string | null;
  readonly name: string | null;
}

/** The value of a grouping that is not by time: a user, or the code of an activity type, a group, or an outcome. */
export type GroupValue = string | Who;

/** A group of rows of a summary. */
export interface SummaryGroup {
  /** The local times, for each grouping by time. */
  readonly times: readonly TimeKey[];
  /** The values of the other groupings. */
  readonly values: readonly GroupValue[];
  readonly totals: Totals;
}

/**
 * Adds up the counts of slices. Knows every local time of the interval from the beginning, so that those without
 * activities are not missing.
 */
export class SummaryGroups {
  readonly totals = newTotals();
  private readonly times = new Map<string, readonly TimeKey[]>();
  private readonly values = new Map<string, readonly GroupValue[]>();
  private readonly groups = new Map<string, Totals>();

  /** @param hasValues whether a grouping is not by time */
  constructor(
    buckets: readonly TimeBucket[],
    private readonly hasValues: boolean,
  ) {
    for (const { keys } of buckets) this.times.set(keyOf(keys), keys);
    if (!hasValues) this.values.set(keyOf([]), []);
  }

  /** The number of groups: each local time with each combination of values that occurs at any time. */
  get size(): number {
    return this.times.size * this.values.size;
  }

  /** Adds rows that were counted in a bucket. */
  add({ keys }: TimeBucket, values: readonly GroupValue[], counted: GroupCount): void {
    const valuesKey = keyOf(values);
    if (this.hasValues && !this.values.has(valuesKey)) this.values.set(valuesKey, values);
    const key = `${keyOf(keys)}${valuesKey}`;
    let group = this.groups.get(key);
    if (group === undefined) this.groups.set(key, (group = newTotals()));
    for (const totals of [group, this.totals]) addCount(totals, counted);
  }

  /** Lists all groups, in no particular order. */
  *list(): Generator<SummaryGroup> {
    for (const [timesKey, times] of this.times) {
      for (const [valuesKey, values] of this.values) {
        yield { times, values, totals: this.groups.get(timesKey + valuesKey) ?? newTotals() };
      }
    }
  }

  /** Returns the values of all groups. */
  get allValues(): readonly (readonly GroupValue[])[] {
    return [...this.values.values()];
  }
}

function newTotals(): Totals {
  return { count: 0, sums: new Map() };
}

function addCount(totals: Totals, { count, currency, sum }: GroupCount): void {
  totals.count += count;
  if (currency !== null && sum !== null) totals.sums.set(currency, (totals.sums.get(currency) ?? 0n) + BigInt(sum));
}

function keyOf(values: readonly (GroupValue | TimeKey)[]): string {
  return JSON.stringify(values);
}
