/** A range of UTF-16 code units in a text. */
export interface Range {
  readonly start: number;
  /** End of the range, exclusive. */
  readonly end: number;
}

/**
 * Replaces ranges of a text. They may come in any order. Of two that overlap, the one that starts first is replaced,
 * and of two that start together, the longer one.
 */
export function replaceRanges<Found extends Range>(
  text: string,
  ranges: readonly Found[],
  replacement: (range: Found) => string,
): string {
  if (ranges.length === 0) return text;
  const parts: string[] = [];
  let copiedEnd = 0;
  for (const range of [...ranges].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (range.start < copiedEnd) continue;
    parts.push(text.slice(copiedEnd, range.start), replacement(range));
    copiedEnd = range.end;
  }
  return parts.join('') + text.slice(copiedEnd);
}

/** Returns as many `x` as the text has UTF-16 code units, so that the text around it keeps its position. */
export function crossOut(text: string): string {
  return 'x'.repeat(text.length);
}

/** Replaces each code unit in the ranges of a text with `x`. */
export function crossOutRanges(text: string, ranges: readonly Range[]): string {
  return replaceRanges(text, ranges, ({ start, end }) => 'x'.repeat(end - start));
}
