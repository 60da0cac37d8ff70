const PERCENT = 0x25;
/** U+FFFD, which stands for bytes that are not valid UTF-8. */
const REPLACEMENT_CHARACTER = 0xfffd;

/** A decoded character, and the index at which its encoding ends. */
export interface DecodedCharacter {
  readonly codePoint: number;
  readonly end: number;
}

/**
 * Decodes the percent-encoded character at a position, encoded once or repeatedly (`%20`, `%2520`). Returns undefined
 * if there is none. A byte that is not valid UTF-8 becomes a replacement character.
 */
export function decodePercentEncoding(text: string, start: number): DecodedCharacter | undefined {
  const first = decodeByte(text, start);
  if (first < 0) return undefined;
  let end = findEndOfByte(text, start);
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 1) return { codePoint: first, end };
  const undecodable = { codePoint: REPLACEMENT_CHARACTER, end };
  if (length === 0) return undecodable;
  let codePoint = first & (0xff >> (length + 1));
  for (let place = 1; place < length; place++) {
    const next = decodeByte(text, end);
    if (next < 0x80 || next > 0xbf) return undecodable;
    codePoint = (codePoint << 6) | (next & 0x3f);
    end = findEndOfByte(text, end);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
  return codePoint > 0x10ffff || isSurrogate ? undecodable : { codePoint, end };
}

/** Returns the byte that is percent-encoded at a position, or -1. */
function decodeByte(text: string, start: number): number {
  if (text.charCodeAt(start) !== PERCENT) return -1;
  const digits = findByteDigits(text, start);
  return parseHexByte(text, digits);
}

function findEndOfByte(text: string, start: number): number {
  return findByteDigits(text, start) + 2;
}

/** Returns the index of the byte's own two digits: each `25` before them is a `%` that was encoded again. */
function findByteDigits(text: string, start: number): number {
  let digits = start + 1;
  while (parseHexByte(text, digits) === PERCENT && parseHexByte(text, digits + 2) >= 0) digits += 2;
  return digits;
}

/** Returns the value of two hexadecimal digits, or -1. */
function parseHexByte(text: string, place: number): number {
  const [high, low] = [parseHexDigit(text.charCodeAt(place)), parseHexDigit(text.charCodeAt(place + 1))];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function parseHexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
