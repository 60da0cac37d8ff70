import type { Type } from '@nestjs/common';

const SECRET_FIELDS = Symbol('fields that take a secret');

/**
 * Marks a field of a body that takes a secret: a password, which can look like anything, or a token of this service.
 * The field is not searched for card numbers and tokens. The secret must never be stored, logged or sent back.
 * @param form pattern of the secret; a text that does not match it is checked like any other text
 */
export function TakesSecret(form = /^/): PropertyDecorator {
  return (dto, field) => {
    Reflect.defineMetadata(SECRET_FIELDS, new Map([...secretFields(dto), [field, form]]), dto);
  };
}

/** Returns the fields of a DTO that take a secret, with the pattern of each. */
export function secretFieldsOf({ prototype }: Type): ReadonlyMap<string | symbol, RegExp> {
  return secretFields(prototype as object);
}

function secretFields(dto: object): ReadonlyMap<string | symbol, RegExp> {
  return (Reflect.getMetadata(SECRET_FIELDS, dto) as ReadonlyMap<string | symbol, RegExp> | undefined) ?? new Map();
}
