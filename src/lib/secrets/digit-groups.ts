const ZERO = 48;

/** The groups of ASCII digits in a text, with the sums that tell in one step whether digits in a row pass the check of card numbers. */
export class DigitGroups {
  /** Every digit of the text, as its value. */
  private readonly digits: Uint8Array;
  /** Where each group begins: in the digits, and in the text. */
  private readonly firstDigits: Uint32Array;
  private readonly starts: Uint32Array;
  /** How many groups there are. */
  readonly count: number;
  /**
   * Sums modulo 10 of the digits before each place, with the digits at even, and at odd places doubled: the difference of two
   * is the check sum (ISO/IEC 7812-1, annex B) of the digits between them.
   */
  private readonly evenDoubled: Uint8Array;
  private readonly oddDoubled: Uint8Array;

  constructor(readonly text: string) {
    const count = countDigits(text);
    this.digits = new Uint8Array(count);
    this.firstDigits = new Uint32Array(count + 1);
    this.starts = new Uint32Array(count);
    this.evenDoubled = new Uint8Array(count + 1);
    this.oddDoubled = new Uint8Array(count + 1);
    let [found, groups, previous] = [0, 0, -2];
    for (let place = 0; found < count; place++) {
      const digit = text.charCodeAt(place) - ZERO;
      if (digit < 0 || digit > 9) continue;
      if (place !== previous + 1) {
        this.firstDigits[groups] = found;
        this.starts[groups++] = place;
      }
      previous = place;
      const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
      const isEven = found % 2 === 0;
      this.evenDoubled[found + 1] = (this.evenDoubled[found]! + (isEven ? doubled : digit)) % 10;
      this.oddDoubled[found + 1] = (this.oddDoubled[found]! + (isEven ? digit : doubled)) % 10;
      this.digits[found++] = digit;
    }
    this.firstDigits[groups] = count;
    this.count = groups;
  }

  /** How many digits a group has, or several groups from one to another, both included. */
  length(first: number, last = first): number {
    return this.firstDigits[last + 1]! - this.firstDigits[first]!;
  }

  /** Where a group begins in the text. */
  start(group: number): number {
    return this.starts[group]!;
  }

  /** Where a group ends in the text, exclusive. */
  end(group: number): number {
    return this.starts[group]! + this.length(group);
  }

  /** The digit at a place, counted from the first one of a group on. */
  digit(group: number, place: number): number {
    return this.digits[this.firstDigits[group]! + place]!;
  }

  /** The number that a group of few digits is. */
  value(group: number): number {
    let value = 0;
    for (let place = 0; place < this.length(group); place++) value = value * 10 + this.digit(group, place);
    return value;
  }

  /** The last digits of a group and of those before it, as a text. */
  lastFour(group: number): string {
    const end = this.firstDigits[group + 1]!;
    return [4, 3, 2, 1].reduce((text, before) => text + String(this.digits[end - before]), '');
  }

  /** Whether the first digits from a group on have the check digit of a card number at their end. */
  hasValidChecksum(group: number, length: number): boolean {
    const first = this.firstDigits[group]!;
    const end = first + length;
    const sums = end % 2 === 0 ? this.evenDoubled : this.oddDoubled;
    return sums[end] === sums[first];
  }
}

/** How many ASCII digits there are in a text. */
export function countDigits(text: string): number {
  let count = 0;
  for (let place = 0; place < text.length; place++) {
    const digit = text.charCodeAt(place) - ZERO;
    if (digit >= 0 && digit <= 9) count++;
  }
  return count;
}
