import type { SeededRandom } from '../../../src/lib/seeded-random';

/** Number of places in the table. A choice of the lowest weight gets one of them. */
const PLACES = 1 << 16;

/** Chooses among places of a list by their weights, in constant time. A weight of 0 is never chosen. */
export class WeightedChoice {
  private readonly table: Uint16Array;

  constructor(weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const places = weights.flatMap((weight, place) =>
      Array<number>(weight > 0 ? Math.max(1, Math.round((weight / total) * PLACES)) : 0).fill(place),
    );
    this.table = Uint16Array.from(places);
  }

  choose(random: SeededRandom): number {
    return this.table[random.integerBelow(this.table.length)]!;
  }
}
