import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import type { Page, PageQuery } from './page.dto';
import { pageOf } from './paging';

/** A position in a list that is sorted by id: the last id of a page. */
interface IdPosition {
  readonly after: string;
}

/**
 * Returns one page of a list that is sorted by id.
 * @param filter filter of the list; a cursor of another filter is refused
 * @param read reads the first rows, at most `take`, whose id is past `after` in the order of the list
 * @param view converts a row for the response
 */
export function pageById<Row extends { id: string }, View>(
  query: PageQuery,
  filter: unknown,
  read: (after: string | undefined, take: number) => Promise<Row[]>,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const list = {
    filter,
    positionOf: ({ id }: Row): IdPosition => ({ after: id }),
    readPosition,
    read: (position: IdPosition | undefined, take: number) => read(position?.after, take),
  };
  return pageOf(query, list, view);
}

function readPosition({ after }: Readonly<Record<string, unknown>>): IdPosition | undefined {
  return typeof after === 'string' && TIME_ORDERED_ID.test(after) ? { after } : undefined;
}
