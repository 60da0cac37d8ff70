import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, ValidateBy } from 'class-validator';
import { hasCharacters } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';
import { normalizePassword } from './password';

/** The most characters of a password. */
const MAX_CHARACTERS = 128;
/** A character has at most four code points before normalization to NFC, with two UTF-16 units each. */
const MAX_UNITS = MAX_CHARACTERS * 8;

/** Requires a password of `min` to 128 characters, counted after normalization to NFC. */
export function IsPassword(min: number): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'string' &&
    value.length <= MAX_UNITS &&
    hasCharacters(normalizePassword(value), min, MAX_CHARACTERS);
  const defaultMessage = () => `$property must have ${min} to ${MAX_CHARACTERS} characters`;
  return applyDecorators(
    ValidateBy({ name: 'isLength', validator: { validate, defaultMessage } }),
    ApiProperty({ minLength: min, maxLength: MAX_CHARACTERS }),
    IsString(),
    TakesSecret(),
  );
}
