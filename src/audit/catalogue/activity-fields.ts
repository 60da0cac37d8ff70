import type { DetailNameOf, DetailsOf } from './activity-details';
import type { ACTIVITY_CATALOGUE, ActivityColumn, ActivityType } from './activity-type';

/** The columns of a record that depend on its activity type. */
interface Columns {
  readonly subscriptionReference: string;
  readonly orderReference: string;
  /** In minor units of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly billingCycles: number;
  readonly comment: string;
  /** Name or address of the page of the Control Panel that the user looked at, without its query. */
  readonly page: string;
}

/** The fields of a record that depend on its activity type. */
export interface ActivityFields extends Columns {
  /**
   * Values without a column of their own, such as the changes of an update. Secrets are redacted when the record is
   * written.
   */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The columns that a successful record of an activity type must have. */
type RequiredOf<Type extends ActivityType> = (typeof ACTIVITY_CATALOGUE)[Type]['columns'][number] & ActivityColumn;

/**
 * The fields of a successful record of an activity type. Code that leaves out a required column does not compile, and
 * neither does code with a detail that the catalogue does not have.
 */
export type FieldsOf<Type extends ActivityType, Given extends DetailsOf<Type> = DetailsOf<Type>> = Pick<
  Columns,
  RequiredOf<Type>
> &
  Partial<Columns> & { readonly details?: Given & Readonly<Record<Exclude<keyof Given, DetailNameOf<Type>>, never>> };

/** The fields of an attempt that its request alone determines. */
export type AttemptFieldsOf<Type extends ActivityType> = Partial<Columns> & { readonly details?: DetailsOf<Type> };
