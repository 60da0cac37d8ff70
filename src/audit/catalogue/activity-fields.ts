import type { ACTIVITY_CATALOGUE, ActivityColumn, ActivityType } from './activity-type';

/** What a record says beyond who, when, from where and how it ended. */
export interface ActivityFields {
  readonly subscriptionReference: string;
  readonly orderReference: string;
  /** In minor units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly billingCycles: number;
  readonly comment: string;
  /** Name of the page that was shown. */
  readonly page: string;
  /** What changed from what to what, or which filter a report had; secrets are masked as it is written. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The fields that a successful record of a type must have. */
type RequiredOf<Type extends ActivityType> = (typeof ACTIVITY_CATALOGUE)[Type]['columns'][number] & ActivityColumn;

/** The fields of a record of a type: forgetting one that the type promises does not compile. */
export type FieldsOf<Type extends ActivityType> = Pick<ActivityFields, RequiredOf<Type>> & Partial<ActivityFields>;
