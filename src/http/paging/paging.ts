import { readCursor, writeCursor } from './cursor';
import type { Page, PageQuery } from './page.dto';

/**
 * Answers one page of a list that is sorted by id.
 * @param filter what the list is filtered by; a cursor of another filter is refused
 * @param read reads at most `take` rows whose id is past `after`
 */
export async function pageById<Row extends { id: string }, View>(
  { limit = 50, cursor }: PageQuery,
  filter: unknown,
  read: (after: string | undefined, take: number) => Promise<Row[]>,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, filter).after;
  const rows = await read(after, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    data: shown.map(view),
    nextCursor: rows.length > limit ? writeCursor({ after: shown.at(-1)!.id }, filter) : null,
  };
}
