import { referencedCharacter } from './character-references';
import { codePoints, IGNORED, kindOf, OTHERWISE } from './code-points';
import { encodedCharacter } from './percent-encoding';
import type { Range } from './ranges';

/**
 * A text as a person reads it: percent-encoding and HTML's references are decoded, digits of all scripts and letters in full
 * width are ASCII, and invisible characters are left out.
 */
export interface View {
  readonly text: string;
  /** By UTF-16 unit of the view, where the original has it: from, and to, exclusive. Absent where view and original are the same. */
  readonly source?: { readonly starts: Uint32Array; readonly ends: Uint32Array };
}

const BEYOND_ASCII = /[^ -~\s]/;
const ENCODED = /%[\da-f]{2}|&[#a-z]/i;
/** What is encoded within an encoding is decoded so many times; each time takes as long as the text is. */
const MOST_DECODINGS = 4;

/** The view of a text. Takes time in proportion to the text. */
export function readableView(text: string): View {
  let view: View = { text };
  for (let decoding = 0; decoding < MOST_DECODINGS && ENCODED.test(view.text); decoding++) view = decoded(view);
  return BEYOND_ASCII.test(view.text) ? readable(view) : view;
}

/** Where a range of the view is in the original. */
export function rangeInSource({ source }: View, { start, end }: Range): Range {
  return source ? { start: source.starts[start]!, end: source.ends[end - 1]! } : { start, end };
}

/** Without one layer of percent-encoding and of HTML's references. */
function decoded(view: View): View {
  const { text } = view;
  const written = new Written(view);
  for (let place = 0; place < text.length;) {
    const encoded = encodedCharacter(text, place) ?? referencedCharacter(text, place);
    if (encoded) written.write(String.fromCodePoint(encoded.codePoint), place, encoded.end);
    else written.copy(place, place + 1);
    place = encoded?.end ?? place + 1;
  }
  return written.view();
}

/** With ASCII for what reads as that, and without what can't be seen. */
function readable(view: View): View {
  const { text } = view;
  const { readings } = codePoints();
  const written = new Written(view);
  for (let place = 0; place < text.length;) {
    const codePoint = text.codePointAt(place)!;
    const length = codePoint > 0xffff ? 2 : 1;
    const kind = kindOf(codePoint);
    if (kind === OTHERWISE) written.write(readings.get(codePoint)!, place, place + length);
    else if (kind !== IGNORED) written.copy(place, place + length);
    place += length;
  }
  return written.view();
}

/** A view that is being written, with the way back through the view that it is made of. */
class Written {
  private units = new Uint16Array(64);
  private starts = new Uint32Array(64);
  private ends = new Uint32Array(64);
  private length = 0;

  constructor(private readonly from: View) {
    this.reserve(from.text.length);
  }

  /** Characters that stand for a range of the view that this one is made of. */
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

  /** A range as it is. */
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

  view(): View {
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
