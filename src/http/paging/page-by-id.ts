import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import type { Page, PageQuery } from './page.dto';
import { pageOf } from './paging';

/** Where a list that is sorted by id stands: the last id that was answered. */
interface IdPosition {
  readonly after: string;
}

/**
 * Answers one page of a list that is sorted by id.
 * @param filter what the list is filtered by; a cursor of another filter is refused
 * @param read reads at most `take` rows whose id is past `after`, or the first ones
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
