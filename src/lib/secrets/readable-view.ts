import { decodeReference } from './character-references';
import { loadCodePointTable, IGNORED, kindOf, MAPPED } from './code-points';
import { decodePercentEncoding } from './percent-encoding';
import type { Range } from './ranges';

/**
 * A text as a person reads it: percent-encoding and HTML character references are decoded, digits of all scripts and
 * full-width letters are ASCII, and invisible characters are removed.
 */
export interface ReadableView {
  readonly text: string;
  /**
   * For each UTF-16 code unit of the view, its range in the original text, end exclusive. Absent if the view equals the
   * original.
   */
  readonly source?: { readonly starts: Uint32Array; readonly ends: Uint32Array };
}

const BEYOND_ASCII = /[^ -~\s]/;
const ENCODED = /%[\da-f]{2}|&[#a-z]/i;
/** Maximum number of nested encodings that are decoded; decoding each takes time in proportion to the text. */
const MAX_LAYERS = 4;

/** Builds the readable view of a text, in linear time. */
export function buildReadableView(text: string): ReadableView {
  let view: ReadableView = { text };
  for (let layer = 0; layer < MAX_LAYERS && ENCODED.test(view.text); layer++) view = decodeLayer(view);
  return BEYOND_ASCII.test(view.text) ? mapCharacters(view) : view;
}

/** Converts a range of the view to the corresponding range of the original text. */
export function toSourceRange({ source }: ReadableView, { start, end }: Range): Range {
  return source ? { start: source.starts[start]!, end: source.ends[end - 1]! } : { start, end };
}

/** Decodes one layer of percent-encoding and HTML character references. */
function decodeLayer(view: ReadableView): ReadableView {
  const { text } = view;
  const builder = new ViewBuilder(view);
  for (let place = 0; place < text.length;) {
    const encoded = decodePercentEncoding(text, place) ?? decodeReference(text, place);
    if (encoded) builder.write(String.fromCodePoint(encoded.codePoint), place, encoded.end);
    else builder.copy(place, place + 1);
    place = encoded?.end ?? place + 1;
  }
  return builder.view();
}

/** Replaces characters that look like ASCII with ASCII, and removes invisible ones. */
function mapCharacters(view: ReadableView): ReadableView {
  const { text } = view;
  const { mappings } = loadCodePointTable();
  const builder = new ViewBuilder(view);
  for (let place = 0; place < text.length;) {
    const codePoint = text.codePointAt(place)!;
    const length = codePoint > 0xffff ? 2 : 1;
    const kind = kindOf(codePoint);
    if (kind === MAPPED) builder.write(mappings.get(codePoint)!, place, place + length);
    else if (kind !== IGNORED) builder.copy(place, place + length);
    place += length;
  }
  return builder.view();
}

/** Builds a view from another one, and keeps track of the position of each code unit in the original text. */
class ViewBuilder {
  private units = new Uint16Array(64);
  private starts = new Uint32Array(64);
  private ends = new Uint32Array(64);
  private length = 0;

  constructor(private readonly from: ReadableView) {
    this.reserve(from.text.length);
  }

  /** Appends characters that replace a range of the previous view. */
  write(characters: string, start: number, end: number): void {
    this.reserve(this.length + characters.length);
    const { source } = this.from;
    for (let place = 0; place < characters.length; place++) {
      this.units[this.length] = characters.charCodeAt(place);
      this.starts[this.length] = source ? source.starts[start]! : start;
      this.ends[this.length] = source ? source.ends[end - 1]! : end;
      this.length++;
    }
  }

  /** Appends a range of the previous view unchanged. */
  copy(start: number, end: number): void {
    const { source, text } = this.from;
    this.reserve(this.length + end - start);
    for (let place = start; place < end; place++) {
      this.units[this.length] = text.charCodeAt(place);
      this.starts[this.length] = source ? source.starts[place]! : place;
      this.ends[this.length] = source ? source.ends[place]! : place + 1;
      this.length++;
    }
  }

  view(): ReadableView {
    const { buffer } = this.units;
    return {
      text: Buffer.from(buffer, 0, this.length * 2).toString('utf16le'),
      source: { starts: this.starts, ends: this.ends },
    };
  }

  private reserve(length: number): void {
    if (length <= this.units.length) return;
    const size = Math.max(length, this.units.length * 2);
    const grow = <Units extends Uint16Array | Uint32Array>(to: Units, from: Units): Units => {
      to.set(from);
      return to;
    };
    this.units = grow(new Uint16Array(size), this.units);
    this.starts = grow(new Uint32Array(size), this.starts);
    this.ends = grow(new Uint32Array(size), this.ends);
  }
}
