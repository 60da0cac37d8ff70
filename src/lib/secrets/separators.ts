import { DASH, LINE_BREAK, LITERAL, SIGN, SPACE, TAB, kindOf } from './code-points';

/** Maximum length of a separator within a number, in UTF-16 code units; a longer one separates numbers. */
const MAX_SEPARATOR_LENGTH = 10;
/** Maximum number of parsed separators that are cached. Few texts have more than a handful of different ones. */
const MAX_CACHED = 500;

/** The characters between two groups of digits, in a form that can be compared. */
export interface Separator {
  /** All characters: dashes are `-`, and a run of white space is its widest character. */
  readonly all: string;
  /** The characters other than white space. */
  readonly signs: string;
}

/** Parses the separators between the digit groups of one text. */
export class Separators {
  private readonly cache = new Map<string, Separator | undefined>();

  constructor(private readonly text: string) {}

  /** Parses a range of the text as a separator. Returns undefined if it cannot separate groups of the same number. */
  between(start: number, end: number): Separator | undefined {
    if (end - start > MAX_SEPARATOR_LENGTH) return undefined;
    const characters = this.text.slice(start, end);
    if (this.cache.has(characters)) return this.cache.get(characters);
    if (this.cache.size >= MAX_CACHED) this.cache.clear();
    const separator = parseSeparator(characters);
    this.cache.set(characters, separator);
    return separator;
  }
}

const SPACES = [' ', '\t', '\n'];

function parseSeparator(characters: string): Separator | undefined {
  let all = '';
  let signs = '';
  let widest = -1;
  for (const character of characters) {
    const codePoint = character.codePointAt(0);
    const kind = codePoint === undefined ? LITERAL : kindOf(codePoint);
    if (kind === SPACE || kind === TAB || kind === LINE_BREAK) {
      widest = Math.max(widest, kind - SPACE);
    } else if (kind === DASH || kind === SIGN) {
      const sign = kind === DASH ? '-' : character;
      all += (SPACES[widest] ?? '') + sign;
      signs += sign;
      widest = -1;
    } else return undefined;
  }
  return { all: all + (SPACES[widest] ?? ''), signs };
}
