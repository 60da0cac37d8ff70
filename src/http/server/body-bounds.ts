import type { Problem } from '../problems/problem';
import { BODY_TOO_DEEP, BODY_TOO_WIDE } from '../problems/problem.filter';

/** Maximum nesting of lists and objects. No valid request has half of it. */
const MAX_DEPTH = 20;
/**
 * Maximum fields of an object. No valid object has a fifth of them. Time to parse and validate an object grows with the
 * square of this number.
 */
const MAX_FIELDS = 100;
/**
 * Bytes of a body's limit for each value that the body can have, at any depth. A batch can have twice as many values as
 * the largest valid one, and a login a hundred times as many as it needs.
 */
const BYTES_PER_VALUE = 100;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** The last byte that is white space outside of a text, or invalid in JSON. */
const SPACE = 0x20;

/** Returns the maximum number of values in a body whose limit is `limit` bytes. */
export function maxValues(limit: number): number {
  return Math.floor(limit / BYTES_PER_VALUE);
}

/**
 * Counts the nesting, the fields and the values of a JSON text without parsing it, and returns the problem if there are
 * too many. Does not detect invalid JSON, at which the parser stops.
 * @param maxCount maximum number of values
 */
export function findExcess(json: Buffer, maxCount: number): Problem | undefined {
  /** For each open object, the number of commas so far; -1 for each open list, which has no bound of its own. */
  const fields: number[] = [];
  let values = 0;
  let previous = 0;
  for (let place = 0; place < json.length; place++) {
    const byte = json[place]!;
    if (byte <= SPACE) continue;
    if (byte === QUOTE) {
      place = endOfText(json, place);
    } else if (byte === COMMA) {
      const depth = fields.length - 1;
      const commas = fields[depth] ?? -1;
      if (commas >= 0) fields[depth] = commas + 1;
      if (++values > maxCount || commas + 1 >= MAX_FIELDS) return BODY_TOO_WIDE;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (fields.push(byte === OPEN_OBJECT ? 0 : -1) > MAX_DEPTH) return BODY_TOO_DEEP;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      fields.pop();
      const isEmpty = previous === OPEN_LIST || previous === OPEN_OBJECT;
      if (!isEmpty && ++values > maxCount) return BODY_TOO_WIDE;
    }
    previous = byte;
  }
  return undefined;
}

/** Returns the index of the quote that ends the text at `start`. */
function endOfText(json: Buffer, start: number): number {
  let place = start + 1;
  while (place < json.length && json[place] !== QUOTE) place += json[place] === BACKSLASH ? 2 : 1;
  return place;
}
