import type { ColumnValue } from '../../../database/sources/read-connection';
import type { ColumnGrouping } from './grouping';

/**
 * The cells of each grouping. A person who is not a user of the account has no id, and is told apart by the name; it is null
 * in the groups of users.
 */
export const GROUPING_CELLS: Readonly<Record<ColumnGrouping, readonly string[]>> = {
  user: ['user_id', 'user_name'],
  activity: ['activity'],
  group: ['activity'],
  outcome: ['outcome'],
};

/** Returns the cells of groupings, without those that two of them have in common. */
export function cellsOf(groupings: readonly ColumnGrouping[]): readonly string[] {
  return [...new Set(groupings.flatMap((grouping) => GROUPING_CELLS[grouping]))];
}

/** The cells that a group has in addition: the place of its part before them; currency, count and sum after them. */
const MORE_CELLS = 4;

/** The rows of one group in one part and one currency. */
export interface CountedGroup {
  /** The place of the part in its slice. */
  readonly part: number;
  readonly cells: readonly ColumnValue[];
  /** Null for rows without an amount. */
  readonly currency: string | null;
  readonly count: number;
  /** The sum of the amounts in minor units, as a text; null if there is none. */
  readonly sum: string | null;
}

/** Counted groups as one flat list, which is sent between threads in a fraction of the time that objects take. */
export class CountedGroups {
  /** @param width the number of the cells of the groupings */
  constructor(
    private readonly width: number,
    readonly flat: ColumnValue[] = [],
  ) {}

  add(
    part: number,
    cells: readonly ColumnValue[],
    currency: ColumnValue,
    count: number,
    sum: ColumnValue | bigint,
  ): void {
    // SQLite returns an empty text for the sum of no amounts.
    const hasSum = currency !== null && sum !== null && sum !== '';
    this.flat.push(part, ...cells, currency, count, hasSum ? String(sum) : null);
  }

  *[Symbol.iterator](): Generator<CountedGroup> {
    const { flat, width } = this;
    for (let start = 0; start < flat.length; start += width + MORE_CELLS) {
      const end = start + 1 + width;
      yield {
        part: Number(flat[start]),
        cells: flat.slice(start + 1, end),
        currency: flat[end] as string | null,
        count: Number(flat[end + 1]),
        sum: flat[end + 2] as string | null,
      };
    }
  }
}
