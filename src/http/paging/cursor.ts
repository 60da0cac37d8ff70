import { createHash } from 'node:crypto';
import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { inQuery } from '../problems/request-field';

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
  const cursor = checksum === digest(body) && rest.length === 0 ? parsed(body) : undefined;
  if (!cursor) throw cursorInvalid();
  if (cursor.filter !== digest(JSON.stringify(filter))) {
    throw Problem.badRequest('cursor_of_another_filter', inQuery('cursor'), CURSOR_OF_ANOTHER_FILTER);
  }
  return { after: cursor.after, ...(cursor.fixed && { fixed: cursor.fixed }) };
}

/** The problem of a cursor that no answer gave out. */
export function cursorInvalid(): Problem {
  return Problem.badRequest('cursor_invalid', inQuery('cursor'), CURSOR_INVALID);
}

/** What a cursor says, if it has the shape of one: the checksum is no secret, so somebody may have made it up. */
function parsed(body: string): (Cursor & { readonly filter: unknown }) | undefined {
  let cursor: unknown;
  try {
    cursor = JSON.parse(Buffer.from(body, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (typeof cursor !== 'object' || cursor === null) return undefined;
  const { after, fixed, filter } = cursor as { after?: unknown; fixed?: unknown; filter?: unknown };
  if (typeof after !== 'string' || !TIME_ORDERED_ID.test(after)) return undefined;
  if (fixed === undefined) return { after, filter };
  if (typeof fixed !== 'object' || fixed === null) return undefined;
  const isPlain = Object.values(fixed).every((value) =>
    typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && TIME_ORDERED_ID.test(value),
  );
  return isPlain ? { after, fixed: fixed as Cursor['fixed'] & object, filter } : undefined;
}

const CURSOR_INVALID = 'This is not a cursor that the service gave out; take nextCursor from an answer, unchanged.';
const CURSOR_OF_ANOTHER_FILTER =
  'This cursor belongs to another filter: repeat the filter it came with, or start anew without a cursor.';

/** Guards against mistakes, not against forgery: what a cursor can reach is bounded by the account and the privilege. */
function digest(text: string): string {
  return createHash('sha256').update(`cursor:${text}`).digest('base64url').slice(0, 16);
}
