import { getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { ACTIVITY_TYPES, type ActivityType } from './activity-type';

/** The code of a kind of activity that an account registered itself. */
export type CustomActivityCode = `custom.${string}`;

/** What an activity says it is: a built-in kind, or one of its account's own. */
export type ActivityCode = ActivityType | CustomActivityCode;

/** What the code of an account's own kind looks like; it has at most 64 characters. */
export const CUSTOM_ACTIVITY_CODE = /^custom(\.[a-z0-9_]+)+$/;
export const LONGEST_ACTIVITY_CODE = 64;

const BUILT_IN: ReadonlySet<string> = new Set(ACTIVITY_TYPES);

/** Whether a code is of a kind that every account has. */
export function isBuiltIn(code: string): code is ActivityType {
  return BUILT_IN.has(code);
}

/** A code in the contract. */
export const ACTIVITY_CODE_SCHEMA = {
  oneOf: [
    { $ref: getSchemaPath('ActivityType') },
    { type: 'string', pattern: CUSTOM_ACTIVITY_CODE.source, maxLength: LONGEST_ACTIVITY_CODE },
  ],
};

/** What a field is told that holds the code of no activity. */
export const ACTIVITY_UNKNOWN = 'must be a code that GET /v1/activity-types lists';

/** A built-in code, or what may be one of the account's own: whether it is, only the account's catalogue knows. */
export function IsActivityCode(options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'string' &&
    (isBuiltIn(value) || (value.length <= LONGEST_ACTIVITY_CODE && CUSTOM_ACTIVITY_CODE.test(value)));
  const defaultMessage = () => `$property ${ACTIVITY_UNKNOWN}`;
  return ValidateBy({ name: 'activityUnknown', validator: { validate, defaultMessage } }, options);
}
