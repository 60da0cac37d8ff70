import type { Type } from '@nestjs/common';
import { inBody } from '../problems/request-field';
import { Faults } from './faults';
import { isObject, readDto } from './read-dto';

/**
 * A body as it came, which the pipe leaves to the route: for one that is checked further than its DTO says, with all faults in one
 * response. `readBatch` and `readDto` read it.
 */
export class UnreadBody {
  declare private readonly unread: unknown;
}

/** The items of a batch, and what is wrong with them. An item's field may hold anything where there is a fault. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly faults: Faults;
}

/**
 * Reads a body that is nothing but a list of items. The caller may check more and add its own faults, before `assertNone` refuses them
 * all together.
 * @param type the body as a DTO, whose rules say how many items there may be
 * @param list name of the list in it
 */
export function readBatch<Item extends object>(
  body: unknown,
  type: Type,
  list: string,
  itemType: Type<Item>,
): Batch<Item> {
  const faults = new Faults();
  const items: unknown = isObject(body) ? body[list] : undefined;
  const readable = Array.isArray(items) ? (items as unknown[]) : [];
  // The items are read one by one below, so what is read of the list here is its length.
  const isReadable = isObject(body) && Array.isArray(items);
  readDto(isReadable ? { ...body, [list]: readable.map(() => null) } : body, type, faults);
  if (faults.touches(inBody(list))) return { items: [], faults };
  return { items: readable.map((item, index) => readDto(item, itemType, faults, inBody(list, index))), faults };
}
