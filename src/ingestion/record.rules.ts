import type { User } from '../access/members/user.entity';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { ACTIVITY_UNKNOWN, isBuiltIn } from '../audit/catalogue/activity-code';
import { catalogueEntry } from '../audit/catalogue/activity-type';
import type { Faults } from '../http/validation/faults';
import { amountRule } from '../http/validation/read-amount';
import { parseAmount } from '../lib/money';
import { parseInstant } from '../lib/time/instant';
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

type Rule = (record: IncomingActivity, field: string, acceptance: Acceptance, faults: Faults) => void;

const DAY = 24 * 60 * 60_000;
/** Clocks of other systems may be this far ahead. */
const MOST_AHEAD = 5 * 60_000;

/** Its time is neither ahead of what clocks may differ by, nor older than what the account keeps. */
const timeIsTaken: Rule = ({ occurredAt }, record, { now, retentionDays }, faults) => {
  const field = `${record}/occurredAt`;
  if (faults.cover(field)) return;
  const moment = parseInstant(occurredAt)!.getTime();
  if (moment > now.getTime() + MOST_AHEAD) {
    faults.add({ field, code: 'time_in_future', message: `${field} is more than 5 minutes in the future.` });
  }
  // Nothing is recorded before 1970.
  if (moment < Math.max(now.getTime() - retentionDays * DAY, 0)) {
    const message = `${field} is older than the account's retention period of ${retentionDays} days.`;
    faults.add({ field, code: 'time_too_old', message });
  }
};

/** Its activity is one that the account has; a successful one has the columns that the catalogue promises of it. */
const activityIsKnown: Rule = ({ activity, outcome, ...columns }, record, { catalogue }, faults) => {
  const field = `${record}/activity`;
  if (faults.cover(field)) return;
  if (!catalogue.has(activity)) {
    faults.add({ field, code: 'activity_unknown', message: `${field} ${ACTIVITY_UNKNOWN}.` });
  }
  if (!isBuiltIn(activity) || (outcome ?? 'success') !== 'success') return;
  for (const column of catalogueEntry(activity).columns) {
    if ((columns[column] ?? '') === '') {
      const message = `${record}/${column} is required for a successful ${activity} activity.`;
      faults.add({ field: `${record}/${column}`, code: 'required', message });
    }
  }
};

/** An amount and its currency come together, and the currency can have the amount. */
const amountFitsCurrency: Rule = ({ amount, currency }, record, _, faults) => {
  const fields = { amount: `${record}/amount`, currency: `${record}/currency` };
  if (amount && !currency) {
    const message = `${fields.currency} is required if there is an amount.`;
    faults.add({ field: fields.currency, code: 'required', message });
  } else if (currency && !amount) {
    faults.add({
      field: fields.amount,
      code: 'required',
      message: `${fields.amount} is required if there is a currency.`,
    });
  }
  if (!amount || !currency || faults.cover(fields.amount) || faults.cover(fields.currency)) return;
  if (parseAmount(amount, currency) === undefined) {
    faults.add({ field: fields.amount, code: 'amount_invalid', message: amountRule(fields.amount, currency) });
  }
};

/** A user who is meant by id is the account's; whether there is another one is not told. */
const userIsKnown: Rule = ({ user }, record, { users }, faults) => {
  const field = `${record}/user/id`;
  if (faults.cover(field) || !('id' in user) || users.some(({ id }) => id === user.id)) return;
  faults.add({ field, code: 'user_not_found', message: `${field} is not the id of a user of this account.` });
};

const RULES: readonly Rule[] = [timeIsTaken, activityIsKnown, amountFitsCurrency, userIsKnown];

/** Adds what is wrong with a record beyond the form of its fields. */
export const checkRecord: Rule = (record, field, acceptance, faults) => {
  for (const rule of RULES) rule(record, field, acceptance, faults);
};
