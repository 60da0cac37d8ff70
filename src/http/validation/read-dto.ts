import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidatorOptions } from 'class-validator';
import { BODY, type RequestField } from '../problems/request-field';
import { checkLongTexts, checkTexts } from './check-texts';
import { addValidationErrors } from './validation-errors';
import type { FieldErrors } from './field-errors';
import { checkNestedLists } from './nested-lists';
import { readQuickly } from './quick-reader';
import { secretFieldsOf } from './takes-secret.decorator';

/** Options of class-validator that refuse unknown fields. */
const VALIDATOR_OPTIONS = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
} satisfies ValidatorOptions;

/**
 * Converts a part of a request, or a value inside it, to a DTO and validates it. This is the only way from a request to
 * a DTO. A field with an error can have any value in the DTO.
 * @param errors gets the errors of the value
 * @param field place of the value in the body
 */
export function readDto<Dto extends object>(
  value: unknown,
  type: Type<Dto>,
  errors: FieldErrors,
  field: RequestField = BODY,
): Dto {
  if (isObject(value) && !errors.covers(field)) {
    const dto = readQuickly(value, type);
    if (dto) return dto;
  }
  return readThoroughly(value, type, errors, field);
}

/** Reads a value as `readDto` does, and finds every error. */
export function readThoroughly<Dto extends object>(
  value: unknown,
  type: Type<Dto>,
  errors: FieldErrors,
  field: RequestField,
): Dto {
  if (!isObject(value)) errors.add(field, 'not_an_object', (name) => `${name} must be an object.`);
  else checkTexts(value, field, errors, secretFieldsOf(type));
  // A value with an error of its own is not validated further, because the name of one of its fields may be a secret.
  if (!isObject(value) || errors.covers(field)) return new type();
  checkNestedLists(value, type, field, errors);
  const dto = plainToInstance(type, errors.touches(field) ? convertible(value) : value);
  for (const error of validateSync(dto, VALIDATOR_OPTIONS)) addValidationErrors(error, field, errors);
  checkLongTexts(dto, field, errors);
  return dto;
}

/**
 * Copies a value without the parts on which the libraries would throw, all of which have an error already: unpaired
 * surrogates, and fields such as `constructor`, which class-transformer takes for those that every object inherits.
 */
function convertible<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (name, inner: unknown) => {
    if (name in Object.prototype) return undefined;
    return typeof inner === 'string' ? inner.toWellFormed() : inner;
  }) as Value;
}

/** Returns whether a JSON value is an object, and not null or a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
