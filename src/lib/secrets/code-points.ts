/** The kinds of code points that the search for secrets distinguishes. A literal is none of the kinds below. */
export const LITERAL = 0;
/** Kinds that may separate groups of digits: space, tab, line break, dash, and other punctuation or symbol. */
export const SPACE = 1;
export const TAB = 2;
export const LINE_BREAK = 3;
export const DASH = 4;
export const SIGN = 5;
/** Invisible, or a mark on the preceding character. */
export const IGNORED = 6;
/** Replaced by the text that `mappings` holds for it. */
export const MAPPED = 7;

/**
 * End of the table. Planes 0 and 1 hold every relevant character except the tags and variation selectors of plane 14.
 */
const END = 0x20000;
const BLOCK = 0x800;
/** First surrogate code point; a surrogate is half of a UTF-16 pair, not a character. */
const SURROGATES = 0xd800;
const [FIRST_SUPPLEMENT, END_OF_SUPPLEMENT] = [0xe0000, 0xe1000];

const DIGIT = /\p{Nd}/u;
const INVISIBLE = /[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/u;
/** Matches characters whose kind may be other than LITERAL. */
const NOTABLE =
  /[\p{M}\p{N}\p{Z}\p{P}\p{S}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Changes_When_NFKC_Casefolded}]/gu;
/** Matches characters that NFKC may change; it is the closest property that regular expressions have. */
const COMPATIBLE = /\p{Changes_When_NFKC_Casefolded}/u;
/**
 * Matches signs that are part of the adjacent number, such as currency signs. Numbers with such a sign between them are
 * separate numbers.
 */
const QUANTITY_SIGN = /[\p{Sc}%‰#§°=<>±×÷]/u;
/**
 * Circled digits, which are not `\p{Nd}` and which NFKC leaves unchanged: first code point, value of its digit, and
 * count.
 */
const CIRCLED_DIGITS = [
  [0x24f5, 1, 9],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x24ff, 0, 1],
  [0x1f10b, 0, 2],
] as const;

interface CodePointTable {
  /** The kind of each code point, by index. */
  readonly kinds: Uint8Array;
  /** The ASCII letters, digits and separators that replace a code point of kind MAPPED. */
  readonly mappings: ReadonlyMap<number, string>;
}

let cachedTable: CodePointTable | undefined;

/** Returns the table of code points. The first call builds it, which takes about 20 ms. */
export function loadCodePointTable(): CodePointTable {
  return (cachedTable ??= buildTable());
}

/** Returns the kind of a code point of any plane. */
export function kindOf(codePoint: number): number {
  if (codePoint < END) return loadCodePointTable().kinds[codePoint]!;
  return codePoint >= FIRST_SUPPLEMENT && codePoint < END_OF_SUPPLEMENT ? IGNORED : LITERAL;
}

function buildTable(): CodePointTable {
  const kinds = new Uint8Array(END);
  const mappings = new Map<number, string>();
  for (const character of findNotableCharacters()) {
    const codePoint = character.codePointAt(0);
    if (codePoint === undefined) continue;
    const mapping = codePoint < 0x80 ? character : mapToAscii(codePoint, character);
    if (mapping !== character) mappings.set(codePoint, mapping);
    kinds[codePoint] = mapping !== character ? MAPPED : kindOfLiteral(character);
  }
  for (const [first, value, count] of CIRCLED_DIGITS) {
    for (let place = 0; place < count; place++) {
      kinds[first + place] = MAPPED;
      mappings.set(first + place, String(value + place));
    }
  }
  return { kinds, mappings };
}

/**
 * Returns the characters that match NOTABLE. Searches block by block, because testing characters one by one takes five
 * times as long.
 */
function findNotableCharacters(): string[] {
  return Array.from({ length: END / BLOCK }, (_, block) => block * BLOCK).flatMap((start) => {
    if (start === SURROGATES) return [];
    const characters = String.fromCodePoint(...Array.from({ length: BLOCK }, (_, place) => start + place));
    return characters.match(NOTABLE) ?? [];
  });
}

/**
 * Returns the NFKC form of a character if it contains an ASCII letter, digit, hyphen or underscore, and otherwise the
 * character itself.
 */
function mapToAscii(codePoint: number, character: string): string {
  if (DIGIT.test(character)) return String(digitValueOf(codePoint));
  if (!COMPATIBLE.test(character)) return character;
  const normalised = character.normalize('NFKC');
  return /[\w-]/.test(normalised) ? normalised : character;
}

/**
 * Returns the value of a decimal digit. Unicode encodes decimal digits in runs of ten from zero on; runs may be
 * adjacent.
 */
function digitValueOf(codePoint: number): number {
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(codePoint - before - 1))) before++;
  return before % 10;
}

function kindOfLiteral(character: string): number {
  if (INVISIBLE.test(character)) return IGNORED;
  if (character === '\t') return TAB;
  if (/[\n-\r\u0085\u2028\u2029]/.test(character)) return LINE_BREAK;
  if (/[\p{Zs}]/u.test(character)) return SPACE;
  if (/[\p{Pd}\u2212]/u.test(character)) return DASH;
  if (QUANTITY_SIGN.test(character)) return LITERAL;
  return /[\p{Cc}\p{P}\p{S}]/u.test(character) ? SIGN : LITERAL;
}
