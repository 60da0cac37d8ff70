import { DASH, LINE_BREAK, SIGN, SPACE, TAB, kindOf } from './code-points';

/** Longer ones separate numbers, not the groups of one. */
const MAX_SEPARATOR_LENGTH = 10;
/** Most texts have a few kinds; a text that has very many must not keep them all. */
const MAX_CACHED = 500;

/** What stands between two groups of digits. */
export interface Separator {
  /** Its characters; all dashes are the same, and of a run of white space there is the widest kind. */
  readonly all: string;
  /** Its characters but for white space. */
  readonly signs: string;
}

/** Reads the separators of one text. */
export class Separators {
  private readonly cache = new Map<string, Separator | undefined>();

  constructor(private readonly text: string) {}

  /** What stands in a range of the text between two groups, or undefined if it does not hold the groups of one number together. */
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
    const kind = kindOf(character.codePointAt(0)!);
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
