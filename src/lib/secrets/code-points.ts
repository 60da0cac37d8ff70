/** What a code point is to a reader of digits and tokens. */
export const LITERAL = 0;
/** Between groups of digits: spaces, dashes, punctuation, symbols. */
export const SPACE = 1;
export const TAB = 2;
export const LINE_BREAK = 3;
export const DASH = 4;
export const SIGN = 5;
/** Invisible, or drawn onto the character before it. */
export const IGNORED = 6;
/** Reads as something else: `mappings` has it. */
export const MAPPED = 7;

/** Planes 0 and 1 have all characters that matter here, but for the tags and the supplement of variation selectors. */
const END = 0x20000;
const BLOCK = 0x800;
/** The block that has no characters but halves of them. */
const SURROGATES = 0xd800;
const [FIRST_SUPPLEMENT, END_OF_SUPPLEMENT] = [0xe0000, 0xe1000];

const DIGIT = /\p{Nd}/u;
const INVISIBLE = /[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/u;
/** What may be anything but a letter that reads as itself. */
const NOTABLE =
  /[\p{M}\p{N}\p{Z}\p{P}\p{S}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Changes_When_NFKC_Casefolded}]/gu;
/** Code points that NFKC may change; regular expressions know no closer property. */
const COMPATIBLE = /\p{Changes_When_NFKC_Casefolded}/u;
/** Signs that belong to the number after or before them, such as a currency's: numbers with them are not one number. */
const QUANTITY_SIGN = /[\p{Sc}%‰#§°=<>±×÷]/u;
/** Digits that are neither `\p{Nd}` nor changed by NFKC: in circles, by the code point and the value of the first. */
const CIRCLED_DIGITS = [
  [0x24f5, 1, 9],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x24ff, 0, 1],
  [0x1f10b, 0, 2],
] as const;

interface CodePointTable {
  /** By code point, what it is. */
  readonly kinds: Uint8Array;
  /** What a code point reads as: ASCII letters and digits, and what stands between them. */
  readonly mappings: ReadonlyMap<number, string>;
}

let cachedTable: CodePointTable | undefined;

/** What each code point is and reads as. Made at first use, which takes some 20 ms. */
export function loadCodePointTable(): CodePointTable {
  return (cachedTable ??= buildTable());
}

/** What a code point of any plane is. */
export function kindOf(codePoint: number): number {
  if (codePoint < END) return loadCodePointTable().kinds[codePoint]!;
  return codePoint >= FIRST_SUPPLEMENT && codePoint < END_OF_SUPPLEMENT ? IGNORED : LITERAL;
}

function buildTable(): CodePointTable {
  const kinds = new Uint8Array(END);
  const mappings = new Map<number, string>();
  for (const character of findNotableCharacters()) {
    const codePoint = character.codePointAt(0)!;
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

/** All characters that may be anything but literal, found by the block because one by one takes five times as long. */
function findNotableCharacters(): string[] {
  return Array.from({ length: END / BLOCK }, (_, block) => block * BLOCK).flatMap((start) => {
    if (start === SURROGATES) return [];
    const characters = String.fromCodePoint(...Array.from({ length: BLOCK }, (_, place) => start + place));
    return characters.match(NOTABLE) ?? [];
  });
}

/** A character as ASCII, if it has letters, digits, hyphens or underscores of that in it; otherwise the character itself. */
function mapToAscii(codePoint: number, character: string): string {
  if (DIGIT.test(character)) return String(digitValueOf(codePoint));
  if (!COMPATIBLE.test(character)) return character;
  const normalised = character.normalize('NFKC');
  return /[\w-]/.test(normalised) ? normalised : character;
}

/** The value of a decimal digit: they stand in runs of ten, from zero on, one run or several after one another. */
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
