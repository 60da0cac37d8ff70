import { at } from './elements';

/** Maximum number of items that `pickWhere` looks at. */
const MAX_ATTEMPTS = 30;

/**
 * Generates the same random numbers for the same seed (mulberry32), for the demo's history. It must never generate
 * secrets.
 */
export class SeededRandom {
  constructor(private state: number) {}

  /** Returns a number from 0 to 1, exclusive. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Returns an integer from 0 to the limit, exclusive. */
  integerBelow(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return at(items, this.integerBelow(items.length));
  }

  pickWeighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let left = this.next() * items.reduce((sum, { weight }) => sum + weight, 0);
    return items.find(({ weight }) => (left -= weight) < 0) ?? at(items, 0);
  }

  /** Picks an item that meets the condition; undefined if a few attempts find none. */
  pickWhere<Item>(items: readonly Item[], condition: (item: Item) => boolean): Item | undefined {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && items.length > 0; attempt++) {
      const item = this.pick(items);
      if (condition(item)) return item;
    }
    return undefined;
  }

  letters(count: number, alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'): string {
    return Array.from({ length: count }, () => alphabet[this.integerBelow(alphabet.length)]).join('');
  }
}
