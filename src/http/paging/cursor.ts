import { createHash } from 'node:crypto';
import { Problem } from '../problems/problem';
import { inQuery } from '../problems/request-field';

/** Where a walk through a list stands, as its cursors carry it. What is in it is the list's own business. */
export type Position = object;

/** Reads a list's own position; undefined for what the list never gave out, since anybody can make up a cursor. */
export type PositionReader<Of extends Position> = (fields: Readonly<Record<string, unknown>>) => Of | undefined;

/**
 * Writes a position as an opaque text.
 * @param filter what the list is filtered by; a cursor is refused with any other
 */
export function writeCursor(position: Position, filter: unknown): string {
  const fields = { ...position, filter: digest(JSON.stringify(filter)) };
  const body = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${body}.${digest(body)}`;
}

/** Reads a position back; a cursor that was changed, or that belongs to another filter, is a 400. */
export function readCursor<Of extends Position>(text: string, filter: unknown, read: PositionReader<Of>): Of {
  const [body = '', checksum, ...rest] = text.split('.');
  const fields = checksum === digest(body) && rest.length === 0 ? parsed(body) : undefined;
  if (!fields) throw cursorInvalid();
  const { filter: own, ...position } = fields;
  if (own !== digest(JSON.stringify(filter))) {
    throw Problem.badRequest('cursor_of_another_filter', inQuery('cursor'), CURSOR_OF_ANOTHER_FILTER);
  }
  const known = read(position);
  if (!known) throw cursorInvalid();
  return known;
}

function cursorInvalid(): Problem {
  return Problem.badRequest('cursor_invalid', inQuery('cursor'), CURSOR_INVALID);
}

/** The fields of a cursor, if it belongs to any filter at all: the checksum is no secret, so somebody may have made it up. */
function parsed(body: string): Record<string, unknown> | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(Buffer.from(body, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { filter } = fields as { filter?: unknown };
  return typeof filter === 'string' && filter.length === DIGEST_LENGTH
    ? (fields as Record<string, unknown>)
    : undefined;
}

const CURSOR_INVALID = 'This is not a cursor that the service gave out; take nextCursor from an answer, unchanged.';
const CURSOR_OF_ANOTHER_FILTER =
  'This cursor belongs to another filter: repeat the filter it came with, or start anew without a cursor.';
const DIGEST_LENGTH = 16;

/** Guards against mistakes, not against forgery: what a cursor can reach is bounded by the account and the privilege. */
function digest(text: string): string {
  return createHash('sha256').update(`cursor:${text}`).digest('base64url').slice(0, DIGEST_LENGTH);
}
