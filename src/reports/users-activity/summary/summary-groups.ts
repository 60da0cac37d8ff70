import { at } from '../../../lib/elements';
import type { CountedGroup } from '../counting/counted-groups';
import { hoursOf, timeKeysOf, type TimeBucket, type TimeKey } from '../counting/time-bucket';

/** The number of rows of a group, and the exact sums of their amounts in minor units, by currency. */
export interface Totals {
  count: number;
  readonly sums: Map<string, bigint>;
}

/** The actor of a group: a user or an API key by its id, and anybody else by the recorded email address and name. */
export interface GroupActor {
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

/** The value of a grouping that is not by time: a user, or the code of an activity type, a group, or an outcome. */
export type GroupValue = string | GroupActor;

/** A group of rows of a summary. */
export interface SummaryGroup {
  /** The local times, for each grouping by time. */
  readonly times: readonly TimeKey[];
  /** The values of the other groupings. */
  readonly values: readonly GroupValue[];
  readonly totals: Totals;
}

/** Greater than the number of combinations of values at which a summary is refused. */
const MAX_VALUES = 2 ** 26;

/** A list without duplicates, in which each element has a number. */
class Numbered<Element> {
  readonly list: Element[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(element: Element): number {
    const key = JSON.stringify(element);
    let number = this.numbers.get(key);
    if (number === undefined) {
      this.numbers.set(key, (number = this.list.length));
      this.list.push(element);
    }
    return number;
  }
}

/**
 * Adds up the counts of slices. Knows every local time of the interval from the beginning, so that those without
 * activities are not missing.
 */
export class SummaryGroups {
  private readonly times = new Numbered<readonly TimeKey[]>();
  private readonly values = new Numbered<readonly GroupValue[]>();
  /** The numbers of the local times of each bucket, by hour. */
  private readonly timesOfBuckets: readonly (readonly number[])[];
  /** The number of the values of each key of a counted group. */
  private readonly valuesOfKeys = new Map<string, number>();
  /** The groups that have rows, by the numbers of their times and values. */
  private readonly groups = new Map<number, Totals>();

  /** @param readValues returns the values of the groupings for the key of a counted group; undefined if there are none */
  constructor(
    buckets: readonly TimeBucket[],
    private readonly readValues: ((key: string) => GroupValue[]) | undefined,
  ) {
    this.timesOfBuckets = buckets.map((bucket) => {
      const numbers: number[] = [];
      for (const hour of hoursOf(bucket)) numbers[hour] = this.times.numberOf(timeKeysOf(bucket, hour));
      return numbers;
    });
    if (!readValues) this.values.numberOf([]);
  }

  /** The number of groups: each local time with each combination of values that occurs at any time. */
  get size(): number {
    return this.times.list.length * this.values.list.length;
  }

  /** Adds rows of a bucket, which is given by its place. */
  add(bucket: number, { hour, key, count, currency, sum }: CountedGroup): void {
    const group = at(at(this.timesOfBuckets, bucket), hour) * MAX_VALUES + this.numberOfValues(key);
    let totals = this.groups.get(group);
    if (totals === undefined) this.groups.set(group, (totals = newTotals()));
    totals.count += count;
    if (currency !== null && sum !== null) addSum(totals, currency, BigInt(sum));
  }

  /** Lists all groups, in no particular order. */
  *list(): Generator<SummaryGroup> {
    for (const [time, times] of this.times.list.entries()) {
      for (const [value, values] of this.values.list.entries()) {
        yield { times, values, totals: this.groups.get(time * MAX_VALUES + value) ?? newTotals() };
      }
    }
  }

  /** The values of all groups. */
  get allValues(): readonly (readonly GroupValue[])[] {
    return this.values.list;
  }

  /** Returns the totals of all groups together. */
  get totals(): Totals {
    const all = newTotals();
    for (const { count, sums } of this.groups.values()) {
      all.count += count;
      for (const [currency, sum] of sums) addSum(all, currency, sum);
    }
    return all;
  }

  private numberOfValues(key: string): number {
    const { readValues } = this;
    if (!readValues) return 0;
    let number = this.valuesOfKeys.get(key);
    if (number === undefined) this.valuesOfKeys.set(key, (number = this.values.numberOf(readValues(key))));
    return number;
  }
}

function newTotals(): Totals {
  return { count: 0, sums: new Map() };
}

function addSum({ sums }: Totals, currency: string, sum: bigint): void {
  sums.set(currency, (sums.get(currency) ?? 0n) + sum);
}
