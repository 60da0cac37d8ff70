import { HttpStatus } from '@nestjs/common';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { isBuiltIn } from '../audit/catalogue/activity-code';
import { ACTIVITY_TYPES, catalogueEntry } from '../audit/catalogue/activity-type';
import type { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';
import { Problem } from '../http/problems/problem';

/** How many activity types an account may register: all of them are loaded for each report. */
const MAX_CUSTOM_TYPES = 200;

/** Returns the account's own activity type with this code. */
export function ownTypeOf({ own }: AccountCatalogue, code: string): CustomActivityType {
  if (isBuiltIn(code)) {
    throw Problem.conflict(
      'activity_type_built_in',
      'This kind of activity is built in: every account calls it the same.',
    );
  }
  const type = own.find((candidate) => candidate.code === code);
  if (!type) throw Problem.notFound('activity_type_not_found', 'code', 'There is no kind of activity with this code.');
  return type;
}

/** Refuses a code that the catalogue has. */
export function assertCodeFree(catalogue: AccountCatalogue, code: string): void {
  if (!catalogue.has(code)) return;
  const message = `The account has a kind of activity with the code ${code} already.`;
  throw Problem.ofField(HttpStatus.CONFLICT, 'activity_type_taken', 'code', message);
}

/** Refuses a label of a built-in type: readers of a report must be able to tell what the service itself recorded. */
export function assertLabelNotBuiltIn(label: string): void {
  const isBuiltInLabel = ACTIVITY_TYPES.some(
    (code) => catalogueEntry(code).label.toLowerCase() === label.toLowerCase(),
  );
  if (!isBuiltInLabel) return;
  const code = 'activity_label_built_in';
  const message = `A built-in kind of activity is called ${label} already.`;
  throw Problem.ofField(HttpStatus.CONFLICT, code, 'label', message);
}

/** Refuses one more type than an account may register. */
export function assertNotFull({ own }: AccountCatalogue): void {
  if (own.length < MAX_CUSTOM_TYPES) return;
  throw Problem.conflict(
    'activity_types_full',
    `The account has ${MAX_CUSTOM_TYPES} kinds of activity of its own, the most it may.`,
  );
}
