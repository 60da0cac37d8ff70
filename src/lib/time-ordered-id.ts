import { randomInt } from 'node:crypto';
import { decodeTime, encodeTime, incrementBase32, TIME_LEN, TIME_MAX } from 'ulid';
import { sha256 } from './sha256';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 16;

/** What a time-ordered id looks like: a ULID, 26 characters of Crockford's base 32 (github.com/ulid/spec). */
export const TIME_ORDERED_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The lowest id of a moment: every id of that moment or later sorts at or after it. */
export function lowestIdAt(moment: Date): string {
  return encodeTime(Math.min(Math.max(moment.getTime(), 0), TIME_MAX), TIME_LEN) + ALPHABET[0]!.repeat(RANDOM_LENGTH);
}

/** The moment in an id, in milliseconds since 1970. */
export function momentOf(id: string): number {
  return decodeTime(id);
}

/**
 * The id of what happened at a moment and is known elsewhere by a key: the same for the same two, so that a repeat meets
 * itself. In place of a random part it has 80 bits of the key's SHA-256. Moments before 1970 have none.
 */
export function createKeyedId(at: Date, key: string): string {
  const bits = BigInt(`0x${sha256(key).slice(0, 20)}`);
  const digits = Array.from(bits.toString(32).padStart(RANDOM_LENGTH, '0'), (digit) => ALPHABET[parseInt(digit, 32)]!);
  return encodeTime(at.getTime(), TIME_LEN) + digits.join('');
}

/** Makes ids that sort by their moment and, within a millisecond of one process, by the order of their making. */
export class IdSource {
  private lastMoment = -1;
  private lastRandom = '';

  next(at: Date): string {
    const moment = at.getTime();
    this.lastRandom = moment === this.lastMoment ? incrementBase32(this.lastRandom) : createRandomPart();
    this.lastMoment = moment;
    return encodeTime(moment, TIME_LEN) + this.lastRandom;
  }
}

/** Starts in the lower half, so that counting up from it never overflows. */
function createRandomPart(): string {
  const characters = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(32)]!);
  characters[0] = ALPHABET[randomInt(16)]!;
  return characters.join('');
}
