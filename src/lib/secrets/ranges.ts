/** A part of a text. */
export interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * A text with ranges of it replaced. They may come in any order; of two that overlap, the one that begins first counts, and of
 * two that begin together, the longer one.
 */
export function replaceRanges<Found extends Range>(
  text: string,
  ranges: readonly Found[],
  replacement: (range: Found) => string,
): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let copied = 0;
  for (const range of [...ranges].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (range.start < copied) continue;
    parts.push(text.slice(copied, range.start), replacement(range));
    copied = range.end;
  }
  return parts.join('') + text.slice(copied);
}

/** As many letters as the text has units, so that what stands around it keeps its place. */
export function crossOut(text: string): string {
  return 'x'.repeat(text.length);
}

/** A text with ranges of it crossed out. */
export function crossOutRanges(text: string, ranges: readonly Range[]): string {
  return replaceRanges(text, ranges, ({ start, end }) => 'x'.repeat(end - start));
}
