import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { within, type RequestField } from '../problems/request-field';
import type { Faults } from './faults';

const nestedNames = new WeakMap<Type, readonly string[]>();

/** Refuses lists as items of a DTO's lists of objects: class-validator would look for the objects in those lists instead. */
export function checkNestedLists(
  value: Readonly<Record<string, unknown>>,
  type: Type,
  field: RequestField,
  faults: Faults,
): void {
  for (const name of nestedNamesOf(type)) {
    const list = value[name];
    if (!Array.isArray(list)) continue;
    list.forEach((item, index) => {
      if (!Array.isArray(item)) return;
      faults.add(within(within(field, name), index), 'not_an_object', (itemName) => `${itemName} must be an object.`);
    });
  }
}

/** The names of a DTO's fields that hold other DTOs. */
function nestedNamesOf(type: Type): readonly string[] {
  let names = nestedNames.get(type);
  if (!names) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    const nested = rules.filter((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
    names = [...new Set(nested.map(({ propertyName }) => propertyName))];
    nestedNames.set(type, names);
  }
  return names;
}
