import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Matches, ValidateBy, ValidateIf, buildMessage, type ValidationOptions } from 'class-validator';
import { canonicalizeLanguage } from '../../lib/language';
import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import { parseInstant } from '../../lib/time/instant';
import { isTimeZone } from '../../lib/time/zoned-time';

/** Takes white space off both ends of a text. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

/** A query parameter that may be repeated: one value is a list of one. */
export function Repeatable(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));
}

/** The id of something here. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && TIME_ORDERED_ID.test(value);
  const message = buildMessage(
    (each) => `${each}$property must be an id of this service, which has 26 characters`,
    options,
  );
  return ValidateBy({ name: 'idInvalid', validator: { validate, defaultMessage: message } }, options);
}

/** The IANA name of a time zone. */
export function IsTimeZone(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && isTimeZone(value);
  const defaultMessage = () => '$property must be an IANA time zone such as Europe/Bucharest';
  return ValidateBy({ name: 'timeZoneUnknown', validator: { validate, defaultMessage } });
}

/** An RFC 3339 time that names its offset; `parseInstant` reads it. */
export function IsInstant(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && parseInstant(value) !== undefined;
  const defaultMessage = () =>
    '$property must be an RFC 3339 date-time with an offset, such as 2026-03-29T14:30:00+03:00';
  return ValidateBy({ name: 'dateInvalid', validator: { validate, defaultMessage } });
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** A currency in use, by its ISO 4217 code. */
export function IsCurrency(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && CURRENCIES.has(value);
  const defaultMessage = () => '$property must be an ISO 4217 currency code, such as USD';
  return ValidateBy({ name: 'currencyUnknown', validator: { validate, defaultMessage } });
}

/** A positive decimal number as a text; whether its currency can have it is for the service to say. */
export function IsAmount(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && /^\d{1,13}(\.\d{1,4})?$/.test(value);
  const defaultMessage = () => '$property must be a decimal string such as "19.90", and not negative';
  return ValidateBy({ name: 'amountInvalid', validator: { validate, defaultMessage } });
}

/** A decimal number as a text, negative ones too; whether its currency can have it is for the service to say. */
export function IsSignedAmount(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && /^-?\d{1,13}(\.\d{1,4})?$/.test(value);
  const defaultMessage = () => '$property must be a decimal string, such as "19.90" or "-5"';
  return ValidateBy({ name: 'amountInvalid', validator: { validate, defaultMessage } });
}

/** A field that may be left out; null is something else, and for the rules after this one to refuse. */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Whether a text has so many characters; of a text that is far too long they are not counted. */
export function hasCharacters(text: string, min: number, max: number): boolean {
  // A character is one or two UTF-16 units.
  if (text.length > max * 2) return false;
  const { length } = Array.from(text);
  return length >= min && length <= max;
}

/** So many characters, as the database counts them: class-validator's Length leaves variation selectors out. */
export function Characters(min: number, max: number): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && hasCharacters(value, min, max);
  const defaultMessage = () => `$property must have ${min} to ${max} characters`;
  return applyDecorators(
    ValidateBy({ name: 'isLength', validator: { validate, defaultMessage } }),
    ApiProperty({ ...(min > 0 && { minLength: min }), maxLength: max }),
  );
}

/**
 * A text without line breaks or other control characters: Unicode's `\p{Cc}`, `\p{Zl}` and `\p{Zp}`, written as ranges because
 * not every reader of the contract knows those classes.
 */
// eslint-disable-next-line no-control-regex -- it excludes control characters
export const SINGLE_LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

/** A text of a single line, such as a name or a label. Comments may have several lines, and do without it. */
export function SingleLine(): PropertyDecorator {
  return applyDecorators(
    Matches(SINGLE_LINE, {
      message: '$property must be a single line, without line breaks or other control characters',
    }),
    ApiProperty({ pattern: SINGLE_LINE.source }),
  );
}

/** E-mail addresses are compared in lower case. */
export function LowerCased(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value));
}

/** A language by its BCP 47 tag; it becomes the canonical one. */
export function IsLanguage(): PropertyDecorator {
  const canonical = (value: unknown) => (typeof value === 'string' ? canonicalizeLanguage(value) : undefined);
  const defaultMessage = () => '$property must be a BCP 47 language tag of at most 35 characters, such as en or pt-BR';
  const isLanguage = ValidateBy({
    name: 'languageUnknown',
    validator: { validate: (value) => canonical(value) !== undefined, defaultMessage },
  });
  const toCanonical = Transform(({ value }: { value: unknown }) => canonical(value) ?? value);
  return applyDecorators(toCanonical, isLanguage);
}
