import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidatorOptions } from 'class-validator';
import { BODY, type RequestField } from '../problems/request-field';
import { checkLongTexts, checkTexts } from './check-texts';
import { addFieldFaults } from './field-faults';
import type { Faults } from './faults';
import { checkNestedLists } from './nested-lists';
import { secretFieldsOf } from './takes-secret.decorator';

/** A DTO has its fields and no others. */
const FIELD_RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
} satisfies ValidatorOptions;

/**
 * Reads a part of a request as a DTO, and adds what is wrong with it to the faults. This is the only way from a request to a DTO. A field
 * with a fault may hold anything.
 * @param field where the value is in the body
 */
export function readDto<Dto extends object>(
  value: unknown,
  type: Type<Dto>,
  faults: Faults,
  field: RequestField = BODY,
): Dto {
  if (!isObject(value)) faults.add(field, 'not_an_object', (name) => `${name} must be an object.`);
  else checkTexts(value, field, faults, secretFieldsOf(type));
  // Nothing more is said of a value that is wrong as a whole: the name of one of its fields may be a secret.
  if (!isObject(value) || faults.covers(field)) return new type();
  checkNestedLists(value, type, field, faults);
  const dto = plainToInstance(type, faults.touches(field) ? wellFormed(value) : value);
  for (const error of validateSync(dto, FIELD_RULES)) addFieldFaults(error, field, faults);
  checkLongTexts(dto, field, faults);
  return dto;
}

/** A copy whose texts are whole characters: class-validator throws on halves, which have been refused by now. */
function wellFormed<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? inner.toWellFormed() : inner,
  ) as Value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
