import type { DecodedCharacter } from './percent-encoding';

const AMPERSAND = 0x26;
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/iy;
/** HTML names of the characters that may separate digits. */
const NAMED: Partial<Record<string, string>> = {
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  numsp: '\u2007',
  shy: '\u00ad',
  zwnj: '\u200c',
  zwj: '\u200d',
  hyphen: '\u2010',
  dash: '\u2010',
  ndash: '\u2013',
  mdash: '\u2014',
  middot: '\u00b7',
  bull: '\u2022',
  lowbar: '_',
  period: '.',
};

/**
 * Decodes the HTML character reference at a position, such as `&nbsp;` or `&#160;`. Returns undefined if there is none.
 */
export function decodeReference(text: string, start: number): DecodedCharacter | undefined {
  if (text.charCodeAt(start) !== AMPERSAND) return undefined;
  REFERENCE.lastIndex = start;
  const match = REFERENCE.exec(text);
  if (!match) return undefined;
  const [reference, decimal, hexadecimal, name = ''] = match;
  const number =
    decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? parseInt(hexadecimal, 16) : undefined;
  const codePoint = number ?? NAMED[name]?.codePointAt(0);
  return codePoint === undefined || codePoint > 0x10ffff ? undefined : { codePoint, end: start + reference.length };
}
