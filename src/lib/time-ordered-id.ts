import { randomFillSync } from 'node:crypto';
import { encodeTime, incrementBase32, TIME_LEN, TIME_MAX } from 'ulid';
import { sha256 } from './sha256';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 16;

/** Matches a time-ordered id: a ULID, 26 characters of Crockford's base 32 (github.com/ulid/spec). */
export const TIME_ORDERED_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Returns the lowest possible id of a moment. Every id of that moment or later sorts at or after it. */
export function lowestIdAt(moment: Date): string {
  return (
    encodeTime(Math.min(Math.max(moment.getTime(), 0), TIME_MAX), TIME_LEN) + ALPHABET.charAt(0).repeat(RANDOM_LENGTH)
  );
}

/** The value of each digit of an id, by its character code. */
const DIGIT_VALUES = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(ALPHABET.indexOf(String.fromCharCode(code)), 0),
);

/** Returns the moment that an id contains, in milliseconds since 1970. Exports call this for every row. */
export function momentOf(id: string): number {
  let moment = 0;
  for (let index = 0; index < TIME_LEN; index++) moment = moment * 32 + (DIGIT_VALUES[id.charCodeAt(index)] ?? 0);
  return moment;
}

/**
 * Returns the id of an event that an external key identifies. The same moment and key always give the same id, so a
 * repeated event is detected as a duplicate. The random part is replaced by 80 bits of the key's SHA-256.
 * @param at must not be before 1970
 */
export function createKeyedId(at: Date, key: string): string {
  const bits = sha256(key);
  let random = '';
  // Five hexadecimal digits are four digits of base 32.
  for (let place = 0; place < 20; place += 5) {
    const number = parseInt(bits.slice(place, place + 5), 16);
    for (let shift = 15; shift >= 0; shift -= 5) random += ALPHABET.charAt((number >> shift) & 31);
  }
  return encodeTime(at.getTime(), TIME_LEN) + random;
}

/** Generates ids that sort by moment and, within one millisecond of one process, by order of creation. */
export class IdSource {
  private lastMoment = -1;
  private lastTime = '';
  private lastRandom = '';

  next(at: Date): string {
    const moment = at.getTime();
    if (moment === this.lastMoment) {
      this.lastRandom = incrementBase32(this.lastRandom);
    } else {
      this.lastMoment = moment;
      this.lastTime = encodeTime(moment, TIME_LEN);
      this.lastRandom = createRandomPart();
    }
    return this.lastTime + this.lastRandom;
  }
}

/** Returns a random part in the lower half of its range, so that incrementing it does not overflow. */
function createRandomPart(): string {
  if (nextByte + RANDOM_LENGTH > randomBytes.length) {
    randomFillSync(randomBytes);
    nextByte = 0;
  }
  // 256 is a multiple of 32, so each character is equally likely.
  let characters = ALPHABET.charAt((randomBytes[nextByte] ?? 0) % (ALPHABET.length / 2));
  for (let place = 1; place < RANDOM_LENGTH; place++) {
    characters += ALPHABET.charAt((randomBytes[nextByte + place] ?? 0) % ALPHABET.length);
  }
  nextByte += RANDOM_LENGTH;
  return characters;
}

/** Random bytes for many ids, because a call for each of them would take longer. */
const randomBytes = new Uint8Array(256 * RANDOM_LENGTH);
/** The place of the first unused byte. */
let nextByte = randomBytes.length;
