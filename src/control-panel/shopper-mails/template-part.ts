/** A fault in a part of a template: a problem code, and a message that follows the name of the part. */
export interface TemplateFault {
  readonly code: 'template_malformed' | 'placeholder_unknown' | 'html_unsafe' | 'length_out_of_range';
  readonly message: string;
}

/** A valid part of a template (subject, HTML or text): text with known placeholders. */
export interface TemplatePart {
  /** The part, with each placeholder written as `{{name}}`. */
  readonly source: string;
  /** The names of the placeholders, in the order of their occurrence. */
  readonly placeholders: readonly string[];
  /** The length of the text between the placeholders, in characters. */
  readonly textLength: number;
}

/** A `{{` in a part. It has a name only if it starts a valid placeholder. */
interface Braces {
  readonly name: string | undefined;
  readonly index: number;
}

interface Placeholder extends Braces {
  readonly name: string;
}

/** The maximum number of placeholders in one part. */
const MAX_PLACEHOLDERS = 500;
/**
 * A placeholder, or a `{{` that starts none. A backslash before it or a third brace after it makes it malformed,
 * because other template languages use them to escape something.
 */
const BRACES = /\\?\{\{(?:\s*(?<name>[\p{L}\p{N}_-]+)\s*\}\}(?!\}))?/gu;
/** Values and keywords of other template languages. They are refused as names of placeholders. */
const RESERVED = /^(?:-?\d+|true|false|null|undefined|this|else)$/;
/** The maximum number of faults in a problem message. */
const MAX_FAULTS_SHOWN = 5;

/** Parses a part of a template, and returns the part or its fault. */
export function readPart(source: string, known: readonly string[]): TemplatePart | TemplateFault {
  const braces = Array.from(source.matchAll(BRACES), readBraces);
  const malformedBraces = braces.filter(({ name }) => name === undefined);
  if (malformedBraces.length > 0) return describeMalformed(malformedBraces, source);
  if (braces.length > MAX_PLACEHOLDERS) return malformed(`it has more than ${MAX_PLACEHOLDERS} placeholders`);
  const placeholders = braces.filter(isPlaceholder);
  const unknown = placeholders.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) return describeUnknown(unknown, source, known);
  return {
    source: replacePlaceholders(source, (name) => `{{${name}}}`),
    placeholders: placeholders.map(({ name }) => name),
    textLength: Array.from(replacePlaceholders(source, () => '')).length,
  };
}

/** Replaces each placeholder of a part with its value. */
export function replacePlaceholders(source: string, valueOf: (name: string) => string): string {
  return source.replace(BRACES, (braces, name: string | undefined) => (name === undefined ? braces : valueOf(name)));
}

function readBraces({ 0: text, index, groups }: RegExpExecArray): Braces {
  const name = groups?.name;
  const isName = name !== undefined && !text.startsWith('\\') && !RESERVED.test(name);
  return { name: isName ? name : undefined, index };
}

function isPlaceholder(braces: Braces): braces is Placeholder {
  return braces.name !== undefined;
}

function describeMalformed(braces: readonly Braces[], source: string): TemplateFault {
  const shown = braces.slice(0, MAX_FAULTS_SHOWN).map(({ index }) => {
    const [excerpt = ''] = source.slice(index, index + 30).split(/[\r\n]/);
    return `"${excerpt}" on line ${lineAt(source, index)}`;
  });
  return malformed(`${[...new Set(shown)].join(', ')}: between {{ and }} there can only be the name of a placeholder`);
}

function malformed(reason: string): TemplateFault {
  return { code: 'template_malformed', message: `is not a valid template: ${reason}` };
}

function describeUnknown(unknown: readonly Placeholder[], source: string, known: readonly string[]): TemplateFault {
  const shown = unknown
    .slice(0, MAX_FAULTS_SHOWN)
    .map(({ name, index }) => `{{${name.slice(0, 50)}}} on line ${lineAt(source, index)}`);
  const allowed = known.map((name) => `{{${name}}}`).join(', ');
  return {
    code: 'placeholder_unknown',
    message: `has ${unknown.length} unknown placeholder(s): ${shown.join(', ')}. Emails of this kind have ${allowed}`,
  };
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n?|\n/).length;
}
