import type { DetailsOf } from '../../audit/catalogue/activity-details';
import type { ActivityFields, AttemptFieldsOf, FieldsOf } from '../../audit/catalogue/activity-fields';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';

/** Returns the record of an activity that succeeded. */
export function succeeded<Type extends ActivityType, Given extends DetailsOf<Type>>(
  type: Type,
  fields: FieldsOf<Type, Given>,
): RecordedAction {
  return { type, outcome: 'success', fields };
}

/** Returns the record of an attempt that a rule refused, with the code of the problem. */
export function failed<Type extends ActivityType>(
  type: Type,
  error: string,
  { details, ...fields }: AttemptFieldsOf<Type> = {},
): RecordedAction {
  return { type, outcome: 'failure', fields: { ...fields, details: { ...details, error } } };
}

/** Returns the record of an attempt for which the user lacks a privilege. */
export function denied(type: ActivityType, fields: Partial<ActivityFields> = {}): RecordedAction {
  return { type, outcome: 'denied', fields: { ...fields, details: { error: 'privilege_missing' } } };
}
