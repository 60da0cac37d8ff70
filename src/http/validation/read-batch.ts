import type { Type } from '@nestjs/common';
import { inBody } from '../problems/request-field';
import { FieldErrors } from './field-errors';
import { isObject, readDto } from './read-dto';

/**
 * A body that the validation pipe passes to the route unchanged. It is the parameter type of routes that check more
 * than the rules of a DTO and report all errors in one response; they call `readBatch` or `readDto`.
 */
export class UnreadBody {
  declare private readonly unread: unknown;
}

/** The items of a batch, and their errors. A field with an error can have any value. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly errors: FieldErrors;
}

/**
 * Validates a body that has a list of items and no other fields. The caller can add errors of its own, and must end
 * with `assertNone`, which refuses the request if there are any.
 * @param type DTO of the body; its rules bound the number of items
 * @param list name of the body's field that has the items
 * @param itemType DTO of each item
 */
export function readBatch<Item extends object>(
  body: unknown,
  type: Type,
  list: string,
  itemType: Type<Item>,
): Batch<Item> {
  const errors = new FieldErrors();
  const items: unknown = isObject(body) ? body[list] : undefined;
  const readable = Array.isArray(items) ? (items as unknown[]) : [];
  // Only the length of the list is validated here; the items follow one by one.
  const isReadable = isObject(body) && Array.isArray(items);
  readDto(isReadable ? { ...body, [list]: readable.map(() => null) } : body, type, errors);
  if (errors.touches(inBody(list))) return { items: [], errors };
  return { items: readable.map((item, index) => readDto(item, itemType, errors, inBody(list, index))), errors };
}
