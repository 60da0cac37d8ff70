import type { Type } from '@nestjs/common';

const SECRET_FIELDS = Symbol('fields that take a secret');

/**
 * A field of a body that takes a secret: a password, which may look like anything, or a token of this service. Its text is
 * checked for its form, but not for card numbers and tokens, and must never be stored, logged or sent back.
 * @param form the form of the secret; a text of any other form is checked like that of any other field
 */
export function TakesSecret(form = /^/): PropertyDecorator {
  return (dto, field) => {
    Reflect.defineMetadata(SECRET_FIELDS, new Map([...secretFields(dto), [field, form]]), dto);
  };
}

/** The fields of a DTO that take a secret, with the form of each. */
export function secretFieldsOf({ prototype }: Type): ReadonlyMap<string | symbol, RegExp> {
  return secretFields(prototype as object);
}

function secretFields(dto: object): ReadonlyMap<string | symbol, RegExp> {
  return (Reflect.getMetadata(SECRET_FIELDS, dto) as ReadonlyMap<string | symbol, RegExp> | undefined) ?? new Map();
}
