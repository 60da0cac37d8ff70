import type { Problem } from '../problems/problem';
import { BODY_TOO_DEEP, BODY_TOO_WIDE } from '../problems/problem.filter';

/** Nesting of lists and objects. No request here needs half of it. */
const MAX_DEPTH = 20;
/** Fields of one object. No object here has a fifth of them; building and checking an object takes time that grows with their square. */
const MAX_FIELDS = 100;
/**
 * Bytes of a body's limit for each value that it may have, at any depth. So a batch may have twice the values of the largest one with
 * every field of every record, and a login a hundred times its own.
 */
const BYTES_PER_VALUE = 100;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Every byte up to here outside of a text is white space, or no JSON. */
const SPACE = 0x20;

/** How many values a body may have whose limit is so many bytes. */
export function maxValues(limit: number): number {
  return Math.floor(limit / BYTES_PER_VALUE);
}

/**
 * Counts the nesting, the fields and the values of a JSON text without parsing it, and stops where there are too many. Bytes that
 * are not JSON are let through: the parser stops at the same place as this count gets out of step with it.
 * @param most how many values there may be
 */
export function findExcess(json: Buffer, most: number): Problem | undefined {
  /** Of each open list or object how many commas it has so far, or -1 where a list has no bound of its own. */
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
      if (++values > most || commas + 1 >= MAX_FIELDS) return BODY_TOO_WIDE;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (fields.push(byte === OPEN_OBJECT ? 0 : -1) > MAX_DEPTH) return BODY_TOO_DEEP;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      fields.pop();
      const isEmpty = previous === OPEN_LIST || previous === OPEN_OBJECT;
      if (!isEmpty && ++values > most) return BODY_TOO_WIDE;
    }
    previous = byte;
  }
  return undefined;
}

/** The place of the quote that ends the text which begins at `start`. */
function endOfText(json: Buffer, start: number): number {
  let place = start + 1;
  while (place < json.length && json[place] !== QUOTE) place += json[place] === BACKSLASH ? 2 : 1;
  return place;
}
