import { getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import { ACTIVITY_TYPES, type ActivityType } from './activity-type';

/** The code of a custom activity type. */
export type CustomActivityCode = `custom.${string}`;

/** The code of an activity type, built in or custom. */
export type ActivityCode = ActivityType | CustomActivityCode;

/** The pattern of a custom activity type's code. */
export const CUSTOM_ACTIVITY_CODE = /^custom(\.[a-z0-9_]+)+$/;
/** Most characters of an activity type's code. */
export const MAX_ACTIVITY_CODE_LENGTH = 64;

const BUILT_IN: ReadonlySet<string> = new Set(ACTIVITY_TYPES);

/** Returns whether a code belongs to a built-in activity type. */
export function isBuiltIn(code: string): code is ActivityType {
  return BUILT_IN.has(code);
}

/** The schema of an activity type's code in the contract. */
export const ACTIVITY_CODE_SCHEMA = {
  type: 'string' as const,
  maxLength: MAX_ACTIVITY_CODE_LENGTH,
  anyOf: [
    { $ref: getSchemaPath('ActivityType') },
    { type: 'string', pattern: CUSTOM_ACTIVITY_CODE.source, maxLength: MAX_ACTIVITY_CODE_LENGTH },
  ],
};

/** The most unknown codes that a message names, and the most characters of each. */
const MAX_NAMED_CODES = 5;
const MAX_NAMED_LENGTH = MAX_ACTIVITY_CODE_LENGTH;

/** Returns the message about unknown codes in a field, after the field's name. */
export function activityUnknown(codes: readonly unknown[]): string {
  const named = codes.slice(0, MAX_NAMED_CODES).map(quote);
  const rest = codes.length > named.length ? ` and ${codes.length - named.length} more` : '';
  const unknown = codes.length === 1 ? 'an unknown code' : 'unknown codes';
  return `has ${unknown}, ${named.join(', ')}${rest}; GET /v1/activity-types lists the known ones`;
}

function quote(code: unknown): string {
  return typeof code === 'string'
    ? `"${code.slice(0, MAX_NAMED_LENGTH).toWellFormed()}"`
    : 'a value that is not a text';
}

/**
 * Requires a built-in code or one with the pattern of a custom code. `AccountCatalogue` tells whether the account has
 * it.
 */
export function IsActivityCode(options?: ValidationOptions): PropertyDecorator {
  const defaultMessage = (validation?: ValidationArguments) => {
    const values: unknown[] = [validation?.value].flat();
    // The contract asks for the message without a value.
    const unknown = values[0] === undefined ? ['refund.cancelled'] : values.filter((value) => !isActivityCode(value));
    return `$property ${activityUnknown(unknown)}`;
  };
  return ValidateBy({ name: 'activityUnknown', validator: { validate: isActivityCode, defaultMessage } }, options);
}

/** Returns whether a value is a built-in code, or could be a custom one. */
function isActivityCode(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return isBuiltIn(value) || (value.length <= MAX_ACTIVITY_CODE_LENGTH && CUSTOM_ACTIVITY_CODE.test(value));
}
