import { last } from '../../lib/elements';
import { readCursor, writeCursor, type Position, type PositionReader } from './cursor';
import type { Page, PageQuery } from './page.dto';

/** A list that is read page by page. */
export interface PagedList<Row, Of extends Position> {
  /** Filter of the list; a cursor of another filter is refused. */
  readonly filter: unknown;
  /** Returns the position of a row. */
  readonly positionOf: (row: Row) => Of;
  readonly readPosition: PositionReader<Of>;
  /** Reads the first rows after a position, or of the list: at most `take`. */
  readonly read: (after: Of | undefined, take: number) => Promise<Row[]>;
}

/** Returns one page of a list. Reads one row more than the page has, to know whether there is a next page. */
export async function pageOf<Row, Of extends Position, View>(
  { limit = 50, cursor }: PageQuery,
  { filter, positionOf, readPosition, read }: PagedList<Row, Of>,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, filter, readPosition);
  const rows = await read(after, limit + 1);
  const page = rows.slice(0, limit);
  return {
    data: page.map(view),
    nextCursor: rows.length > limit ? writeCursor(positionOf(last(page)), filter) : null,
  };
}
