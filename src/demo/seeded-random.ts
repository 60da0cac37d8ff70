/** Repeatable chance: the same seed throws the same numbers (mulberry32). For the demo's history, never for secrets. */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0, to below 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0, to below the limit. */
  integerBelow(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integerBelow(items.length)]!;
  }

  pickWeighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let left = this.next() * items.reduce((sum, { weight }) => sum + weight, 0);
    return items.find(({ weight }) => (left -= weight) < 0) ?? items[0]!;
  }

  letters(count: number, alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'): string {
    return Array.from({ length: count }, () => alphabet[this.integerBelow(alphabet.length)]).join('');
  }
}
