import type { ACTIVITY_CATALOGUE, ActivityColumn, ActivityType } from './activity-type';

/** The fields of a record that depend on its activity type. */
export interface ActivityFields {
  readonly subscriptionReference: string;
  readonly orderReference: string;
  /** In minor units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly billingCycles: number;
  readonly comment: string;
  /** Name of the page of the Control Panel that the user looked at. */
  readonly page: string;
  /**
   * Values without a column of their own, such as the changes of an update. Secrets are redacted when the record is
   * written.
   */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The fields that a successful record of an activity type must have. */
type RequiredOf<Type extends ActivityType> = (typeof ACTIVITY_CATALOGUE)[Type]['columns'][number] & ActivityColumn;

/** The fields of a successful record of an activity type. Code that leaves out a required one does not compile. */
export type FieldsOf<Type extends ActivityType> = Pick<ActivityFields, RequiredOf<Type>> & Partial<ActivityFields>;
