import type Handlebars from 'handlebars';
import { loadPackage } from '../../lib/load-package';

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

type Piece = string | { readonly name: string; readonly line: number };

/** Placeholders of one part; the engine's time grows with their square. */
const MAX_PLACEHOLDERS = 500;
/** A placeholder, or two braces that begin none. A backslash before them would turn them into text. */
const BRACES = /\\?\{\{(?:\s*[\p{L}\p{N}_-]+\s*\}\})?/gu;
/** How many faults a message tells. */
const TOLD = 5;

/** Reads a part of a template, or answers what is wrong with it. */
export function readPart(source: string, known: readonly string[]): TemplatePart | TemplateFault {
  const fault = bracesFault(source);
  if (fault) return fault;
  const pieces = parsed(source);
  if ('code' in pieces) return pieces;
  const named = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece));
  const unknown = named.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) return unknownPlaceholders(unknown, known);
  return {
    source: pieces.map((piece) => (typeof piece === 'string' ? piece : `{{${piece.name}}}`)).join(''),
    placeholders: named.map(({ name }) => name),
    textLength: pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? Array.from(piece).length : 0), 0),
  };
}

/** Keeps everything but names from the parser, which takes minutes for expressions that are nested in one another. */
function bracesFault(source: string): TemplateFault | undefined {
  const braces = [...source.matchAll(BRACES)];
  const odd = braces.filter(([text]) => text.startsWith('\\') || !text.endsWith('}}'));
  if (odd.length === 0 && braces.length <= MAX_PLACEHOLDERS) return undefined;
  if (odd.length === 0) return malformed(`it has more than ${MAX_PLACEHOLDERS} placeholders`);
  const shown = odd.slice(0, TOLD).map(({ index }) => {
    const [excerpt = ''] = source.slice(index, index + 30).split(/[\r\n]/);
    return `"${excerpt}" on line ${lineAt(source, index)}`;
  });
  return malformed(`${[...new Set(shown)].join(', ')}: ${ONLY_NAMES}`);
}

/** Without what the engine does after parsing, which is about blocks. */
function parsed(source: string): Piece[] | TemplateFault {
  try {
    const { parseWithoutProcessing } = loadPackage('handlebars') as typeof Handlebars;
    return parseWithoutProcessing(source).body.map(pieceOf);
  } catch (error) {
    const [, line] = /on line (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    return malformed(`line ${line ?? 1}: ${ONLY_NAMES}`);
  }
}

/** Throws at whatever is neither a text nor a placeholder that the engine escapes. */
function pieceOf(statement: hbs.AST.Statement): Piece {
  const { line } = statement.loc.start;
  if (statement.type === 'ContentStatement') return (statement as hbs.AST.ContentStatement).value;
  const name = statement.type === 'MustacheStatement' && bareName(statement as hbs.AST.MustacheStatement);
  if (typeof name !== 'string') throw new Error(`No placeholder on line ${line}`);
  return { name, line };
}

/** The one name that a mustache consists of, without parameters, paths, literals and signs that eat spaces. */
function bareName({ escaped, path, params, hash, strip }: hbs.AST.MustacheStatement): string | undefined {
  // The parser leaves the hash out where its types promise an empty one.
  const hasArguments = params.length > 0 || (hash as hbs.AST.Hash | undefined) !== undefined;
  if (!escaped || hasArguments || strip.open || strip.close || path.type !== 'PathExpression') return undefined;
  const { data, depth, parts, original } = path as hbs.AST.PathExpression;
  return !data && depth === 0 && parts.length === 1 && parts[0] === original ? original : undefined;
}

const ONLY_NAMES = 'between {{ and }} there can only be the name of a placeholder';

function malformed(what: string): TemplateFault {
  return { code: 'template_malformed', what: `is not a template: ${what}` };
}

function unknownPlaceholders(unknown: readonly Exclude<Piece, string>[], known: readonly string[]): TemplateFault {
  const shown = unknown.slice(0, TOLD).map(({ name, line }) => `{{${name.slice(0, 50)}}} on line ${line}`);
  const listed = known.map((name) => `{{${name}}}`).join(', ');
  return {
    code: 'placeholder_unknown',
    what: `has ${unknown.length} placeholder(s) that mails of this kind don't know: ${shown.join(', ')}. They know ${listed}`,
  };
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n?|\n/).length;
}
