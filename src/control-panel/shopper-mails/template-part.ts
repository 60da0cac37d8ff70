/** What is wrong with a part of a template: a stable code, and what a message says after the part's name. */
export interface TemplateFault {
  readonly code: 'template_malformed' | 'placeholder_unknown' | 'html_unsafe' | 'length_out_of_range';
  readonly what: string;
}

/** One part of a template that mails can be made of: texts with known placeholders between them, and nothing else. */
export interface TemplatePart {
  /** The part, with each placeholder written as `{{name}}`. */
  readonly source: string;
  /** Names of its placeholders as they follow one another. */
  readonly placeholders: readonly string[];
  /** Characters of its texts. */
  readonly textLength: number;
}

/** Two braces of a part; with a name only where they are a placeholder. */
interface Braces {
  readonly name: string | undefined;
  readonly index: number;
}

interface Placeholder extends Braces {
  readonly name: string;
}

/** Placeholders of one part. */
const MAX_PLACEHOLDERS = 500;
/** A placeholder, or two braces that begin none. A backslash before them, or a third brace, may be meant to escape something. */
const BRACES = /\\?\{\{(?:\s*(?<name>[\p{L}\p{N}_-]+)\s*\}\}(?!\}))?/gu;
/** Names that template languages read as a value or a keyword; no placeholder may be called so. */
const RESERVED = /^(?:-?\d+|true|false|null|undefined|this|else)$/;
/** How many faults a message tells. */
const TOLD = 5;

/** Reads a part of a template, or answers what is wrong with it. */
export function readPart(source: string, known: readonly string[]): TemplatePart | TemplateFault {
  const braces = Array.from(source.matchAll(BRACES), bracesOf);
  const odd = braces.filter(({ name }) => name === undefined);
  if (odd.length > 0) return oddBraces(odd, source);
  if (braces.length > MAX_PLACEHOLDERS) return malformed(`it has more than ${MAX_PLACEHOLDERS} placeholders`);
  const placeholders = braces.filter(isPlaceholder);
  const unknown = placeholders.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) return unknownPlaceholders(unknown, source, known);
  return {
    source: replacePlaceholders(source, (name) => `{{${name}}}`),
    placeholders: placeholders.map(({ name }) => name),
    textLength: Array.from(replacePlaceholders(source, () => '')).length,
  };
}

/** Replaces each placeholder of a part. */
export function replacePlaceholders(source: string, valueOf: (name: string) => string): string {
  return source.replace(BRACES, (braces, name: string | undefined) => (name === undefined ? braces : valueOf(name)));
}

function bracesOf({ 0: text, index, groups }: RegExpExecArray): Braces {
  const name = groups?.name;
  const isName = name !== undefined && !text.startsWith('\\') && !RESERVED.test(name);
  return { name: isName ? name : undefined, index };
}

function isPlaceholder(braces: Braces): braces is Placeholder {
  return braces.name !== undefined;
}

function oddBraces(odd: readonly Braces[], source: string): TemplateFault {
  const shown = odd.slice(0, TOLD).map(({ index }) => {
    const [excerpt = ''] = source.slice(index, index + 30).split(/[\r\n]/);
    return `"${excerpt}" on line ${lineAt(source, index)}`;
  });
  return malformed(`${[...new Set(shown)].join(', ')}: between {{ and }} there can only be the name of a placeholder`);
}

function malformed(what: string): TemplateFault {
  return { code: 'template_malformed', what: `is not a template: ${what}` };
}

function unknownPlaceholders(unknown: readonly Placeholder[], source: string, known: readonly string[]): TemplateFault {
  const shown = unknown
    .slice(0, TOLD)
    .map(({ name, index }) => `{{${name.slice(0, 50)}}} on line ${lineAt(source, index)}`);
  const listed = known.map((name) => `{{${name}}}`).join(', ');
  return {
    code: 'placeholder_unknown',
    what: `has ${unknown.length} placeholder(s) that mails of this kind don't know: ${shown.join(', ')}. They know ${listed}`,
  };
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n?|\n/).length;
}
