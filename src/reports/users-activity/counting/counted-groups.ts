import type { ColumnValue } from '../../../database/sources/read-connection';
import type { ColumnGrouping } from './grouping';

/** The columns that distinguish people without an id, who are not users of the account. Null in groups of users. */
export const PERSON_CELLS = ['user_email', 'user_name'] as const;

/** The cells of each grouping. */
const GROUPING_CELLS: Readonly<Record<ColumnGrouping, readonly string[]>> = {
  user: ['user_id', ...PERSON_CELLS],
  activity: ['activity'],
  group: ['activity'],
  outcome: ['outcome'],
};

/** Returns the cells of groupings, without those that two of them have in common. */
export function cellsOf(groupings: readonly ColumnGrouping[]): readonly string[] {
  return [...new Set(groupings.flatMap((grouping) => GROUPING_CELLS[grouping]))];
}

/** Separates the cells in the key of a group. No text of a record contains it. */
const SEPARATOR = '\0';

/** Returns the cells of a group as one text: between threads, and in a map, that is faster than a list. */
export function keyOfCells(cells: readonly ColumnValue[]): string {
  return cells.join(SEPARATOR);
}

/** Returns the cells in the key of a group. Null is an empty text in it. */
export function cellsInKey(key: string): readonly (string | null)[] {
  return key.split(SEPARATOR).map((cell) => (cell === '' ? null : cell));
}

/** The rows of one group in one part and one currency. */
export interface CountedGroup {
  /** The place of the part in its slice. */
  readonly part: number;
  /** The hour that clocks showed, from 0 to 23; 0 if rows are not grouped by hour. */
  readonly hour: number;
  /** The cells of the groupings, as `keyOfCells` returns them. */
  readonly key: string;
  /** Null for rows without an amount. */
  readonly currency: string | null;
  readonly count: number;
  /** The sum of the amounts in minor units, as a text; null if there is none. */
  readonly sum: string | null;
}

/** The number of elements of the flat list that each group takes. */
const WIDTH = 6;

/** Counted groups as one flat list, which is sent between threads in a fraction of the time that objects take. */
export class CountedGroups {
  constructor(readonly flat: ColumnValue[] = []) {}

  add(part: number, hour: number, key: string, currency: ColumnValue, count: number, sum: ColumnValue | bigint): void {
    // SQLite returns an empty text for the sum of no amounts.
    const hasSum = currency !== null && sum !== null && sum !== '';
    this.flat.push(part, hour, key, currency, count, hasSum ? String(sum) : null);
  }

  *[Symbol.iterator](): Generator<CountedGroup> {
    const { flat } = this;
    for (let start = 0; start < flat.length; start += WIDTH) {
      yield {
        part: flat[start] as number,
        hour: flat[start + 1] as number,
        key: flat[start + 2] as string,
        currency: flat[start + 3] as string | null,
        count: flat[start + 4] as number,
        sum: flat[start + 5] as string | null,
      };
    }
  }
}
