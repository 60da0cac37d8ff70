import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { within, type RequestField } from '../problems/request-field';
import type { FieldErrors } from './field-errors';

const nestedNames = new WeakMap<Type, readonly string[]>();

/**
 * Refuses a list where a DTO expects an object in a list: class-validator would accept a list of such objects there.
 */
export function checkNestedLists(
  value: Readonly<Record<string, unknown>>,
  type: Type,
  field: RequestField,
  errors: FieldErrors,
): void {
  for (const name of nestedNamesOf(type)) {
    const list = value[name];
    if (!Array.isArray(list)) continue;
    list.forEach((item, index) => {
      if (!Array.isArray(item)) return;
      errors.add(within(within(field, name), index), 'not_an_object', (itemName) => `${itemName} must be an object.`);
    });
  }
}

/** Returns the names of a DTO's fields that contain other DTOs. */
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
