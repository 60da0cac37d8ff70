import { hash } from 'node:crypto';
import { Problem } from '../problems/problem';
import { inQuery, type RequestField } from '../problems/request-field';

/** The position in a list at which a page ends. Each list has its own fields in it. */
export type Position = object;

/**
 * Returns the position from the fields of a cursor, or undefined if the list cannot have created them: clients can
 * forge cursors.
 */
export type PositionReader<Of extends Position> = (fields: Readonly<Record<string, unknown>>) => Of | undefined;

/**
 * Returns the cursor of a position.
 * @param filter filter of the list; the cursor is valid only with the same one. The order of the values of a list inside
 * of it does not count, so what is not a repeated parameter must be an object.
 */
export function writeCursor(position: Position, filter: unknown): string {
  const fields = { ...position, filter: digestOf(filter) };
  const body = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${body}.${digest(body)}`;
}

/**
 * Returns the position of a cursor.
 * @param field the part of the request that has the cursor
 * @throws Problem 400 if the cursor was changed, or belongs to another filter
 */
export function readCursor<Of extends Position>(
  text: string,
  filter: unknown,
  read: PositionReader<Of>,
  field = inQuery('cursor'),
): Of {
  const [body = '', checksum, ...rest] = text.split('.');
  const fields = checksum === digest(body) && rest.length === 0 ? parse(body) : undefined;
  if (!fields) throw cursorInvalid(field);
  const { filter: own, ...position } = fields;
  if (own !== digestOf(filter)) {
    throw Problem.badRequest('cursor_of_another_filter', field, CURSOR_OF_ANOTHER_FILTER);
  }
  const validPosition = read(position);
  if (!validPosition) throw cursorInvalid(field);
  return validPosition;
}

function cursorInvalid(field: RequestField): Problem {
  return Problem.badRequest('cursor_invalid', field, CURSOR_INVALID);
}

/**
 * Parses the fields of a cursor. Returns undefined if they are invalid, because clients can compute the checksum too.
 */
function parse(body: string): Record<string, unknown> | undefined {
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

const CURSOR_INVALID = 'This is not a cursor of this service. Send nextCursor from a response, unchanged.';
const CURSOR_OF_ANOTHER_FILTER =
  'This cursor belongs to another filter. Send the filter that it came with, or start again without a cursor.';
const DIGEST_LENGTH = 16;

/**
 * Returns a checksum of a filter. It does not depend on the order in which the values of a repeated parameter are sent.
 */
function digestOf(filter: unknown): string {
  const inAnyOrder = (key: string, value: unknown) => (key !== '' && Array.isArray(value) ? value.toSorted() : value);
  return digest(JSON.stringify(filter, inAnyOrder));
}

/**
 * Returns a checksum that detects mistakes. It does not prevent forgery, which gains nothing: a query is always limited
 * to the account and to the actor's privileges.
 */
function digest(text: string): string {
  return hash('sha256', `cursor:${text}`, 'base64url').slice(0, DIGEST_LENGTH);
}
