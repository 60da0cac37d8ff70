import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { isBuiltIn } from '../audit/catalogue/activity-code';
import { ACTIVITY_TYPES, catalogueEntry } from '../audit/catalogue/activity-type';
import type { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';
import { Problem } from '../http/problems/problem';
import { inBody, inPath } from '../http/problems/request-field';

/** Most custom activity types of an account: every report loads all of them. */
const MAX_CUSTOM_TYPES = 200;

/**
 * Finds the custom activity type with this code.
 * @throws Problem 404 when there is none, 409 when the code is built in
 */
export function findCustomType({ customTypes }: AccountCatalogue, code: string): CustomActivityType {
  if (isBuiltIn(code)) {
    throw Problem.conflict(
      'activity_type_built_in',
      'This activity type is built in, so its label and group cannot be changed.',
    );
  }
  const type = customTypes.find((candidate) => candidate.code === code);
  if (!type)
    throw Problem.notFound('activity_type_not_found', inPath('code'), 'There is no activity type with this code.');
  return type;
}

/** Refuses a code that is in the catalogue already. */
export function assertCodeFree(catalogue: AccountCatalogue, code: string): void {
  if (!catalogue.has(code)) return;
  const message = `The account already has an activity type with the code ${code}.`;
  throw Problem.conflict('activity_type_taken', message, inBody('code'));
}

/**
 * Refuses the label of a built-in type, because readers of a report must recognise what the service itself recorded.
 */
export function assertLabelNotBuiltIn(label: string): void {
  const isBuiltInLabel = ACTIVITY_TYPES.some(
    (code) => catalogueEntry(code).label.toLowerCase() === label.toLowerCase(),
  );
  if (!isBuiltInLabel) return;
  const message = `A built-in activity type already has the label ${label}.`;
  throw Problem.conflict('activity_label_built_in', message, inBody('label'));
}

/** Refuses a new custom activity type when the account has the maximum. */
export function assertBelowMaximum({ customTypes }: AccountCatalogue): void {
  if (customTypes.length < MAX_CUSTOM_TYPES) return;
  throw Problem.conflict(
    'activity_types_full',
    `The account already has ${MAX_CUSTOM_TYPES} custom activity types, which is the maximum.`,
  );
}
