import type { ActivityFields, FieldsOf } from '../../audit/catalogue/activity-fields';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';

/** Returns the record of an activity that succeeded. */
export function succeeded<Type extends ActivityType>(type: Type, fields: FieldsOf<Type>): RecordedAction {
  return { type, outcome: 'success', fields };
}

/** Returns the record of an attempt that a rule refused, with the code of the problem. */
export function failed(type: ActivityType, error: string, fields: Partial<ActivityFields> = {}): RecordedAction {
  return { type, outcome: 'failure', fields: { ...fields, details: { ...fields.details, error } } };
}

/** Returns the record of an attempt for which the user lacks a privilege. */
export function denied(type: ActivityType, fields: Partial<ActivityFields> = {}): RecordedAction {
  return { type, outcome: 'denied', fields: { ...fields, details: { error: 'privilege_missing' } } };
}
