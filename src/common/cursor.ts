import { createHash } from 'node:crypto';
import { Problem } from './problem';

/** Where a walk through a list stands. It belongs to the filter that it was made for. */
export interface Cursor {
  /** The last id that was answered. */
  readonly after: string;
  /** What the walk fixed when it began, such as the bounds of a relative interval. */
  readonly fixed?: Readonly<Record<string, string | number>>;
}

/**
 * Writes a cursor as an opaque text.
 * @param filter what the list is filtered by; a cursor is refused with any other
 */
export function writeCursor(cursor: Cursor, filter: unknown): string {
  const body = Buffer.from(JSON.stringify({ ...cursor, filter: digest(JSON.stringify(filter)) })).toString('base64url');
  return `${body}.${digest(body)}`;
}

/** Reads a cursor back; one that was changed, or that belongs to another filter, is a 400. */
export function readCursor(text: string, filter: unknown): Cursor {
  const [body = '', checksum, ...rest] = text.split('.');
  if (checksum !== digest(body) || rest.length > 0)
    throw Problem.badRequest('cursor_invalid', 'cursor', CURSOR_INVALID);
  const { filter: filterDigest, ...cursor } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Cursor & {
    filter: string;
  };
  if (filterDigest !== digest(JSON.stringify(filter))) {
    throw Problem.badRequest('cursor_of_another_filter', 'cursor', CURSOR_OF_ANOTHER_FILTER);
  }
  return cursor;
}

const CURSOR_INVALID = 'This is not a cursor that the service gave out; take nextCursor from an answer, unchanged.';
const CURSOR_OF_ANOTHER_FILTER =
  'This cursor belongs to another filter: repeat the filter it came with, or start anew without a cursor.';

/** Guards against mistakes, not against forgery: what a cursor can reach is bounded by the account and the privilege. */
function digest(text: string): string {
  return createHash('sha256').update(`cursor:${text}`).digest('base64url').slice(0, 16);
}
