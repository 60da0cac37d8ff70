import type { User } from '../access/members/user.entity';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { activityUnknown, isBuiltIn } from '../audit/catalogue/activity-code';
import { catalogueEntry } from '../audit/catalogue/activity-type';
import { within, type RequestField } from '../http/problems/request-field';
import type { FieldErrors } from '../http/validation/field-errors';
import { amountRule } from '../http/validation/read-amount';
import { parseAmount } from '../lib/money';
import { MAX_CLOCK_SKEW } from '../lib/time/clock';
import { requireInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';

/** What the rules need to know about the account and the request. */
export interface IngestionContext {
  readonly catalogue: AccountCatalogue;
  readonly retentionDays: number;
  /** Time of the request. */
  readonly now: Date;
  /** The account's users whose ids or email addresses are in the batch. */
  readonly users: {
    readonly byId: ReadonlyMap<string, IngestedUser>;
    readonly byEmail: ReadonlyMap<string, IngestedUser>;
  };
}

/** A user of the account. */
export type IngestedUser = Pick<User, 'id' | 'name' | 'email'>;

/**
 * Checks one rule of a record.
 * @param field place of the record in the body
 * @param errors gets the errors of the record
 */
type Rule = (record: IncomingActivity, field: RequestField, context: IngestionContext, errors: FieldErrors) => void;

const DAY = 24 * 60 * 60_000;

/** Checks that the time of a record is neither in the future nor older than the account's retention period. */
const checkTime: Rule = ({ occurredAt }, record, { now, retentionDays }, errors) => {
  if (errors.coversWithin(record, 'occurredAt')) return;
  const moment = requireInstant(occurredAt).getTime();
  if (moment > now.getTime() + MAX_CLOCK_SKEW) {
    errors.add(
      within(record, 'occurredAt'),
      'time_in_future',
      (name) => `${name} is more than 5 minutes in the future.`,
    );
  }
  // Nothing is recorded before 1970.
  if (moment < Math.max(now.getTime() - retentionDays * DAY, 0)) {
    const retention = `the account's retention period of ${retentionDays} days`;
    errors.add(within(record, 'occurredAt'), 'time_too_old', (name) => `${name} is older than ${retention}.`);
  }
};

/** Checks that the account has the activity type, and that a successful activity has all columns of its type. */
const checkActivityType: Rule = (record, place, { catalogue }, errors) => {
  const { activity, outcome } = record;
  if (errors.coversWithin(place, 'activity')) return;
  if (!catalogue.has(activity)) {
    errors.add(within(place, 'activity'), 'activity_unknown', (name) => `${name} ${activityUnknown([activity])}.`);
  }
  if (!isBuiltIn(activity) || (outcome ?? 'success') !== 'success') return;
  for (const column of catalogueEntry(activity).columns) {
    if ((record[column] ?? '') === '') {
      const message = (name: string) => `${name} is required for a successful ${activity} activity.`;
      errors.add(within(place, column), 'required', message);
    }
  }
};

/** Checks that an amount has a currency and the reverse, and that the amount is valid in its currency. */
const checkAmount: Rule = ({ amount, currency }, record, _, errors) => {
  if (amount && !currency) {
    errors.add(within(record, 'currency'), 'required', (name) => `${name} is required if there is an amount.`);
  } else if (currency && !amount) {
    errors.add(within(record, 'amount'), 'required', (name) => `${name} is required if there is a currency.`);
  }
  if (!amount || !currency || errors.coversWithin(record, 'amount') || errors.coversWithin(record, 'currency')) return;
  if (parseAmount(amount, currency) === undefined) {
    errors.add(within(record, 'amount'), 'amount_invalid', (name) => amountRule(name, currency));
  }
};

/** Checks that a user id belongs to a user of the account. The error does not reveal users of other accounts. */
const checkUser: Rule = ({ user }, record, { users }, errors) => {
  const place = within(record, 'user');
  if (errors.coversWithin(place, 'id') || !('id' in user) || users.byId.has(user.id)) return;
  errors.add(within(place, 'id'), 'user_not_found', (name) => `${name} is not the id of a user of this account.`);
};

const RULES: readonly Rule[] = [checkTime, checkActivityType, checkAmount, checkUser];

/** Checks all rules of a record that its DTO cannot express. */
export const checkRecord: Rule = (record, field, context, errors) => {
  for (const rule of RULES) rule(record, field, context, errors);
};
