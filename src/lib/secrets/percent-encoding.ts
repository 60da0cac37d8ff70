const PERCENT = 0x25;
/** Of a character whose bytes are no UTF-8. */
const NOT_DECODABLE = 0xfffd;

/** A character that is percent-encoded, and where its encoding ends. */
export interface EncodedCharacter {
  readonly codePoint: number;
  readonly end: number;
}

/**
 * The character whose percent-encoding begins here, encoded once or several times over (`%20`, `%2520`); undefined where
 * none does. A byte that is no UTF-8 is a replacement character.
 */
export function encodedCharacter(text: string, start: number): EncodedCharacter | undefined {
  const first = encodedByte(text, start);
  if (first < 0) return undefined;
  let end = endOfByte(text, start);
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 1) return { codePoint: first, end };
  const alone = { codePoint: NOT_DECODABLE, end };
  if (length === 0) return alone;
  let codePoint = first & (0xff >> (length + 1));
  for (let place = 1; place < length; place++) {
    const next = encodedByte(text, end);
    if (next < 0x80 || next > 0xbf) return alone;
    codePoint = (codePoint << 6) | (next & 0x3f);
    end = endOfByte(text, end);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
  return codePoint > 0x10ffff || isSurrogate ? alone : { codePoint, end };
}

/** The byte whose encoding begins here, or -1. */
function encodedByte(text: string, start: number): number {
  if (text.charCodeAt(start) !== PERCENT) return -1;
  const digits = lastDigits(text, start);
  return byteAt(text, digits);
}

function endOfByte(text: string, start: number): number {
  return lastDigits(text, start) + 2;
}

/** Where the two digits of the byte itself begin: each `25` before them is a `%` that was encoded again. */
function lastDigits(text: string, start: number): number {
  let digits = start + 1;
  while (byteAt(text, digits) === PERCENT && byteAt(text, digits + 2) >= 0) digits += 2;
  return digits;
}

/** The value of two hexadecimal digits, or -1. */
function byteAt(text: string, place: number): number {
  const [high, low] = [hexadecimal(text.charCodeAt(place)), hexadecimal(text.charCodeAt(place + 1))];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexadecimal(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
