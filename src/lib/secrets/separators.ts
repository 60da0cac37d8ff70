import { DASH, LINE_BREAK, SIGN, SPACE, TAB, kindOf } from './code-points';

/** Longer ones separate numbers, not the groups of one. */
const LONGEST = 10;
/** Most texts have a few kinds; a text that has very many must not keep them all. */
const MOST_REMEMBERED = 500;

/** What stands between two groups of digits. */
export interface Separator {
  /** Its characters; all dashes are the same, and of a run of white space there is the widest kind. */
  readonly all: string;
  /** Its characters but for white space. */
  readonly signs: string;
}

/** Reads the separators of one text. */
export class Separators {
  private readonly remembered = new Map<string, Separator | undefined>();

  constructor(private readonly text: string) {}

  /** What stands in a range of the text between two groups, or undefined if it does not hold the groups of one number together. */
  between(start: number, end: number): Separator | undefined {
    if (end - start > LONGEST) return undefined;
    const written = this.text.slice(start, end);
    if (this.remembered.has(written)) return this.remembered.get(written);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const separator = read(written);
    this.remembered.set(written, separator);
    return separator;
  }
}

const SPACES = [' ', '\t', '\n'];

function read(written: string): Separator | undefined {
  let all = '';
  let signs = '';
  let widest = -1;
  for (const character of written) {
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
