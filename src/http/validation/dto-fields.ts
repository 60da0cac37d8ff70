import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIP,
  IsString,
  Matches,
  ValidateBy,
  ValidateIf,
  buildMessage,
  isEmail,
  type ValidationOptions,
} from 'class-validator';
import { canonicalizeLanguage, MAX_LANGUAGE_LENGTH } from '../../lib/language';
import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import { parseInstant } from '../../lib/time/instant';
import { isTimeZone, MAX_TIME_ZONE_LENGTH, TIME_ZONE_NAME } from '../../lib/time/zoned-time';

/** Removes white space from both ends of a text. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

/** Converts the digits of a query parameter to a number. */
export function ToInteger(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
  );
}

/** Allows a query parameter to be repeated: turns a single value into a list. */
export function Repeatable(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === undefined || Array.isArray(value) ? value : [value]));
}

/**
 * Allows a query parameter to be left out or repeated, with a different value each time.
 * @param max the maximum number of values
 * @param rules the rules of each value
 */
export function ListOf(max: number, ...rules: readonly PropertyDecorator[]): PropertyDecorator {
  const isList = [ArrayMaxSize(max), ArrayUnique(), IsArray(), Repeatable(), Omittable()];
  return applyDecorators(...rules, ...isList, ApiProperty({ maxItems: max, uniqueItems: true }));
}

/** Allows a query parameter to be left out or repeated, with texts of at most `maxLength` characters. */
export function ListOfTexts(max: number, maxLength: number): PropertyDecorator {
  return ListOf(max, Characters(1, maxLength, { each: true }), IsString({ each: true }));
}

/** Requires an id of this service: a ULID. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && TIME_ORDERED_ID.test(value);
  const message = buildMessage(
    (each) => `${each}$property must be an id of this service, which has 26 characters`,
    options,
  );
  return applyDecorators(
    ValidateBy({ name: 'idInvalid', validator: { validate, defaultMessage: message } }, options),
    ApiProperty({ pattern: TIME_ORDERED_ID.source }),
  );
}

/**
 * Returns whether a text is an email address. Refuses quoted local parts such as `"a b"@one.example`: they can contain
 * line breaks, `<` and `>`, so that a mail program may read another address in them.
 */
export function isEmailAddress(value: unknown): boolean {
  return isEmail(value) && !String(value).includes('"');
}

/** Requires an email address, as `isEmailAddress` does. */
export function IsEmailAddress(options?: ValidationOptions): PropertyDecorator {
  const message = buildMessage((each) => `${each}$property must be an email address without quotation marks`, options);
  return applyDecorators(
    ValidateBy({ name: 'isEmail', validator: { validate: isEmailAddress, defaultMessage: message } }, options),
    ApiProperty(options?.each ? {} : { format: 'email' }),
  );
}

/** Requires an IPv4 or IPv6 address. */
export function IsIpAddress(options?: ValidationOptions): PropertyDecorator {
  const message = buildMessage((each) => `${each}$property must be an IP address`, options);
  return IsIP(undefined, { ...options, message });
}

/** Requires an IANA time zone. */
export function IsTimeZone(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && isTimeZone(value);
  const defaultMessage = () => '$property must be an IANA time zone such as Europe/Bucharest';
  return applyDecorators(
    ValidateBy({ name: 'timeZoneUnknown', validator: { validate, defaultMessage } }),
    ApiProperty({ pattern: TIME_ZONE_NAME.source, maxLength: MAX_TIME_ZONE_LENGTH }),
  );
}

/** Requires an RFC 3339 date-time with an offset, which `parseInstant` parses. */
export function IsInstant(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && parseInstant(value) !== undefined;
  const defaultMessage = () =>
    '$property must be an RFC 3339 date-time with an offset, such as 2026-03-29T14:30:00+03:00';
  return applyDecorators(
    ValidateBy({ name: 'dateInvalid', validator: { validate, defaultMessage } }),
    ApiProperty({ format: 'date-time' }),
  );
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Requires the ISO 4217 code of a currency. */
export function IsCurrency(): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && CURRENCIES.has(value);
  const defaultMessage = () => '$property must be an ISO 4217 currency code, such as USD';
  return applyDecorators(
    ValidateBy({ name: 'currencyUnknown', validator: { validate, defaultMessage } }),
    ApiProperty({ format: 'currency', pattern: '^[A-Z]{3}$' }),
  );
}

const AMOUNT = /^\d{1,13}(\.\d{1,4})?$/;

/**
 * Requires a decimal string that is not negative. `readAmount` checks whether it has too many decimals for its
 * currency.
 */
export function IsAmount(): PropertyDecorator {
  return isDecimal(AMOUNT, 'must be a decimal string such as "19.90", and not negative');
}

/** Returns whether a value is what `IsAmount` requires. */
export function isAmount(value: unknown): value is string {
  return typeof value === 'string' && AMOUNT.test(value);
}

/** Requires a decimal string, which may be negative. The service checks it against its currency. */
export function IsSignedAmount(): PropertyDecorator {
  return isDecimal(/^-?\d{1,13}(\.\d{1,4})?$/, 'must be a decimal string, such as "19.90" or "-5"');
}

function isDecimal(pattern: RegExp, requirement: string): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && pattern.test(value);
  const defaultMessage = () => `$property ${requirement}`;
  return applyDecorators(
    ValidateBy({ name: 'amountInvalid', validator: { validate, defaultMessage } }),
    ApiProperty({ pattern: pattern.source }),
  );
}

/** Allows a field to be left out. Null is still a value, which the other rules of the field refuse. */
export function Omittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/**
 * Returns whether a text has from `min` to `max` characters. Does not count the characters of a text that is far too
 * long.
 */
export function hasCharacters(text: string, min: number, max: number): boolean {
  // A character is one or two UTF-16 units.
  if (text.length > max * 2) return false;
  if (text.length <= max && text.length >= min * 2 - 1) return true;
  const { length } = Array.from(text);
  return length >= min && length <= max;
}

/**
 * Bounds the number of characters of a text, counted as databases do: class-validator's `Length` ignores variation
 * selectors.
 */
export function Characters(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && hasCharacters(value, min, max);
  const bounds = min > 0 ? `${min} to ${max}` : `at most ${max}`;
  const defaultMessage = buildMessage((each) => `${each}$property must have ${bounds} characters`, options);
  const lengths = { ...(min > 0 && { minLength: min }), maxLength: max };
  return applyDecorators(
    ValidateBy({ name: 'isLength', validator: { validate, defaultMessage } }, options),
    ApiProperty(options?.each ? { type: 'array', items: { type: 'string', ...lengths } } : lengths),
  );
}

/**
 * Matches a text without line breaks and other control characters: Unicode's `\p{Cc}`, `\p{Zl}` and `\p{Zp}`, written
 * as ranges because some consumers of the contract do not support these classes.
 */
// eslint-disable-next-line no-control-regex -- it excludes control characters
export const SINGLE_LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

/** Requires a single line of text, for names and labels. Comments can have several lines. */
export function SingleLine(): PropertyDecorator {
  return applyDecorators(
    Matches(SINGLE_LINE, {
      message: '$property must be a single line, without line breaks or other control characters',
    }),
    ApiProperty({ pattern: SINGLE_LINE.source }),
  );
}

/** Trims a text, or each text of a list, and converts it to lower case, for email addresses. */
export function LowerCased(): PropertyDecorator {
  const lowerCased = (value: unknown): unknown => (typeof value === 'string' ? value.trim().toLowerCase() : value);
  return Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(lowerCased) : lowerCased(value),
  );
}

/** Requires a BCP 47 language tag, and converts it to its canonical form. */
export function IsLanguage(): PropertyDecorator {
  const canonical = (value: unknown) => (typeof value === 'string' ? canonicalizeLanguage(value) : undefined);
  const defaultMessage = () => '$property must be a BCP 47 language tag of at most 35 characters, such as en or pt-BR';
  const isLanguage = ValidateBy({
    name: 'languageUnknown',
    validator: { validate: (value) => canonical(value) !== undefined, defaultMessage },
  });
  const toCanonical = Transform(({ value }: { value: unknown }) => canonical(value) ?? value);
  const schema = ApiProperty({ pattern: '^[A-Za-z0-9-]+$', minLength: 2, maxLength: MAX_LANGUAGE_LENGTH });
  return applyDecorators(toCanonical, isLanguage, schema);
}
