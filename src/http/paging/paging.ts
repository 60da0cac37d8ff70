import { last } from '../../lib/elements';
import { readCursor, writeCursor, type Position, type PositionReader } from './cursor';
import type { Page, PageQuery } from './page.dto';

/** A list that is read page by page. */
export interface PagedList<Row, Of extends Position> {
  /** What it is filtered by; a cursor of another filter is refused. */
  readonly filter: unknown;
  /** Where a walk stands after a row. */
  readonly positionOf: (row: Row) => Of;
  readonly readPosition: PositionReader<Of>;
  /** Reads at most `take` rows past a position, or from the start. */
  readonly read: (after: Of | undefined, take: number) => Promise<Row[]>;
}

/** Answers one page of a list. */
export async function pageOf<Row, Of extends Position, View>(
  { limit = 50, cursor }: PageQuery,
  { filter, positionOf, readPosition, read }: PagedList<Row, Of>,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, filter, readPosition);
  const rows = await read(after, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    data: shown.map(view),
    nextCursor: rows.length > limit ? writeCursor(positionOf(last(shown)), filter) : null,
  };
}
