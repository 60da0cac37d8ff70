import { getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, type ValidationOptions } from 'class-validator';
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

/** The message about a field that holds an unknown code, after the field's name. */
export const ACTIVITY_UNKNOWN = 'must be a code that GET /v1/activity-types lists';

/**
 * Requires a built-in code or one with the pattern of a custom code. `AccountCatalogue` tells whether the account has
 * it.
 */
export function IsActivityCode(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'string' &&
    (isBuiltIn(value) || (value.length <= MAX_ACTIVITY_CODE_LENGTH && CUSTOM_ACTIVITY_CODE.test(value)));
  const defaultMessage = () => `$property ${ACTIVITY_UNKNOWN}`;
  return ValidateBy({ name: 'activityUnknown', validator: { validate, defaultMessage } }, options);
}
