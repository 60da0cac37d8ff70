const ZERO = 48;

/**
 * The groups of consecutive ASCII digits in a text. Prefix sums make the check of a card number's check digit take
 * constant time.
 */
export class DigitGroups {
  /** The values of all digits of the text, in order. */
  private readonly digits: Uint8Array;
  /** The start of each group: its index in `digits`, and its index in the text. */
  private readonly firstDigits: Uint32Array;
  private readonly starts: Uint32Array;
  /** The number of groups. */
  readonly count: number;
  /**
   * Prefix sums, modulo 10, of the digits with those at even or at odd indexes doubled. The difference of two sums is
   * the Luhn checksum (ISO/IEC 7812-1, annex B) of the digits between them.
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

  /** Returns the number of digits from one group to another, both included. */
  length(first: number, last = first): number {
    return this.firstDigits[last + 1]! - this.firstDigits[first]!;
  }

  /** Returns the index in the text at which a group starts. */
  start(group: number): number {
    return this.starts[group]!;
  }

  /** Returns the index in the text at which a group ends, exclusive. */
  end(group: number): number {
    return this.starts[group]! + this.length(group);
  }

  /** Returns the digit at an offset from the first digit of a group. */
  digit(group: number, place: number): number {
    return this.digits[this.firstDigits[group]! + place]!;
  }

  /** Returns the numeric value of a group of at most 15 digits. */
  value(group: number): number {
    let value = 0;
    for (let place = 0; place < this.length(group); place++) value = value * 10 + this.digit(group, place);
    return value;
  }

  /** Returns the last four digits up to the end of a group, including digits of earlier groups. */
  lastFour(group: number): string {
    const end = this.firstDigits[group + 1]!;
    return [4, 3, 2, 1].reduce((text, before) => text + String(this.digits[end - before]), '');
  }

  /** Returns whether the `length` digits from the start of a group have a valid Luhn checksum. */
  hasValidChecksum(group: number, length: number): boolean {
    const first = this.firstDigits[group]!;
    const end = first + length;
    const sums = end % 2 === 0 ? this.evenDoubled : this.oddDoubled;
    return sums[end] === sums[first];
  }
}

/** Returns the number of ASCII digits in a text. */
export function countDigits(text: string): number {
  let count = 0;
  for (let place = 0; place < text.length; place++) {
    const digit = text.charCodeAt(place) - ZERO;
    if (digit >= 0 && digit <= 9) count++;
  }
  return count;
}
