import { HttpStatus, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Problem, type FieldProblem } from '../problems/problem';
import { Faults } from './faults';
import { jsonPointer } from './field-path';
import { FIELD_RULES, fieldProblems } from './field-problems';
import { longTextFaults, textFaults } from './text-faults';

/**
 * The body of a batch, as it came. No pipe looks into it, because an answer has to name every fault of every item: only
 * `readBatch` opens it.
 */
export class BatchBody {
  declare private readonly unread: unknown;
}

/** More than any item has: one that has them is not looked at any closer, however many more they are. */
const MOST_VALUES = 200;

/** The items of a batch, and what is wrong with them. An item's field may hold anything where there is a fault. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly faults: Faults;
}

/**
 * Reads a body that is nothing but a list of items: their texts and their fields are checked, and what else there is to
 * check may find more faults, before `assertNone` refuses them together.
 * @param list name of the list in the body
 * @param max how many items it may have
 */
export function readBatch<Item extends object>(
  body: BatchBody,
  list: string,
  max: number,
  type: Type<Item>,
): Batch<Item> {
  const faults = new Faults();
  const items = readList(body, list, max, faults);
  faults.assertNone();
  return { items: items.map((item, place) => readItem(item, `/${list}/${place}`, type, faults)), faults };
}

function readList(body: unknown, list: string, max: number, faults: Faults): readonly unknown[] {
  if (!isObject(body)) throw new Problem(HttpStatus.BAD_REQUEST, 'not_an_object', 'The body must be an object.');
  const { [list]: items, ...others } = body;
  if (holdsMoreThan(MOST_VALUES, others)) faults.add(tooManyFields(''));
  faults.assertNone();
  for (const fault of textFaults(others, '', jsonPointer)) faults.add(fault);
  const field = jsonPointer('', list);
  for (const name of Object.keys(others)) {
    const unknown = jsonPointer('', name).slice(0, 100);
    faults.add({ field: unknown, code: 'field_unknown', message: `There is no field ${unknown} here.` });
  }
  if (items === undefined) faults.add({ field, code: 'required', message: `${field} is required.` });
  else if (!Array.isArray(items)) faults.add({ field, code: 'not_a_list', message: `${field} must be a list.` });
  else if (items.length === 0) faults.add({ field, code: 'too_few', message: `${field} must not be empty.` });
  else if (items.length > max) {
    faults.add({
      field,
      code: 'too_many',
      message: `${field} must have at most ${max} items; it has ${items.length}.`,
    });
  }
  return Array.isArray(items) ? items : [];
}

function readItem<Item extends object>(item: unknown, field: string, type: Type<Item>, faults: Faults): Item {
  if (!isObject(item)) faults.add({ field, code: 'not_an_object', message: `${field} must be an object.` });
  else if (holdsMoreThan(MOST_VALUES, item)) faults.add(tooManyFields(field));
  else for (const fault of textFaults(item, field, jsonPointer)) faults.add(fault);
  // Whatever is in it, it is wrong as a whole: for one, a field's name may be a secret.
  if (!isObject(item) || faults.cover(field)) return new type();
  const read = plainToInstance(type, item);
  for (const error of validateSync(read, FIELD_RULES)) {
    for (const problem of fieldProblems(error, field, jsonPointer)) faults.add(problem);
  }
  if (!faults.touch(field)) for (const fault of longTextFaults(read, field, jsonPointer)) faults.add(fault);
  return read;
}

function holdsMoreThan(limit: number, value: object): boolean {
  const within: unknown[] = [value];
  for (let seen = 0; within.length > 0; seen++) {
    if (seen > limit) return true;
    const next = within.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const name in next) {
      within.push((next as Record<string, unknown>)[name]);
      if (within.length > limit) return true;
    }
  }
  return false;
}

function tooManyFields(field: string): FieldProblem {
  return { field, code: 'too_many_fields', message: `${field || 'The body'} has far more fields than there are here.` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
