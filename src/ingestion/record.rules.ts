import type { User } from '../access/members/user.entity';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { ACTIVITY_UNKNOWN, isBuiltIn } from '../audit/catalogue/activity-code';
import { catalogueEntry } from '../audit/catalogue/activity-type';
import { within, type RequestField } from '../http/problems/request-field';
import type { Faults } from '../http/validation/faults';
import { amountRule } from '../http/validation/read-amount';
import { parseAmount } from '../lib/money';
import { requireInstant } from '../lib/time/instant';
import type { IncomingActivity } from './activities.dto';

/** What an account takes. */
export interface Acceptance {
  readonly catalogue: AccountCatalogue;
  readonly retentionDays: number;
  /** The moment of the request. */
  readonly now: Date;
  /** Those of the users whom the batch means that are the account's. */
  readonly users: readonly Pick<User, 'id' | 'name' | 'email'>[];
}

type Rule = (record: IncomingActivity, field: RequestField, acceptance: Acceptance, faults: Faults) => void;

const DAY = 24 * 60 * 60_000;
/** Clocks of other systems may be this far ahead. */
const MOST_AHEAD = 5 * 60_000;

/** Its time is neither ahead of what clocks may differ by, nor older than what the account keeps. */
const timeIsTaken: Rule = ({ occurredAt }, record, { now, retentionDays }, faults) => {
  const field = within(record, 'occurredAt');
  if (faults.covers(field)) return;
  const moment = requireInstant(occurredAt).getTime();
  if (moment > now.getTime() + MOST_AHEAD) {
    faults.add(field, 'time_in_future', (name) => `${name} is more than 5 minutes in the future.`);
  }
  // Nothing is recorded before 1970.
  if (moment < Math.max(now.getTime() - retentionDays * DAY, 0)) {
    const retention = `the account's retention period of ${retentionDays} days`;
    faults.add(field, 'time_too_old', (name) => `${name} is older than ${retention}.`);
  }
};

/** Its activity is one that the account has; a successful one has the columns that the catalogue promises of it. */
const activityIsKnown: Rule = ({ activity, outcome, ...columns }, record, { catalogue }, faults) => {
  const field = within(record, 'activity');
  if (faults.covers(field)) return;
  if (!catalogue.has(activity)) {
    faults.add(field, 'activity_unknown', (name) => `${name} ${ACTIVITY_UNKNOWN}.`);
  }
  if (!isBuiltIn(activity) || (outcome ?? 'success') !== 'success') return;
  for (const column of catalogueEntry(activity).columns) {
    if ((columns[column] ?? '') === '') {
      const message = (name: string) => `${name} is required for a successful ${activity} activity.`;
      faults.add(within(record, column), 'required', message);
    }
  }
};

/** An amount and its currency come together, and the currency can have the amount. */
const amountFitsCurrency: Rule = ({ amount, currency }, record, _, faults) => {
  const fields = { amount: within(record, 'amount'), currency: within(record, 'currency') };
  if (amount && !currency) {
    faults.add(fields.currency, 'required', (name) => `${name} is required if there is an amount.`);
  } else if (currency && !amount) {
    faults.add(fields.amount, 'required', (name) => `${name} is required if there is a currency.`);
  }
  if (!amount || !currency || faults.covers(fields.amount) || faults.covers(fields.currency)) return;
  if (parseAmount(amount, currency) === undefined) {
    faults.add(fields.amount, 'amount_invalid', (name) => amountRule(name, currency));
  }
};

/** A user who is meant by id is the account's; whether there is another one is not told. */
const userIsKnown: Rule = ({ user }, record, { users }, faults) => {
  const field = within(within(record, 'user'), 'id');
  if (faults.covers(field) || !('id' in user) || users.some(({ id }) => id === user.id)) return;
  faults.add(field, 'user_not_found', (name) => `${name} is not the id of a user of this account.`);
};

const RULES: readonly Rule[] = [timeIsTaken, activityIsKnown, amountFitsCurrency, userIsKnown];

/** Adds what is wrong with a record beyond the form of its fields. */
export const checkRecord: Rule = (record, field, acceptance, faults) => {
  for (const rule of RULES) rule(record, field, acceptance, faults);
};
