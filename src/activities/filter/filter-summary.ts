import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import type { DetailsOf } from '../../audit/catalogue/activity-details';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { formatAmount } from '../../lib/money';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { ActivityConditions, ActivityFilter, AmountRange } from './activity-filter';

type ReportDetails = DetailsOf<typeof ActivityType.ReportBuilt>;
type ConditionDetails = DetailsOf<typeof ActivityType.FeedRead>;

/** Maximum number of values of a list that a summary names. */
const MAX_NAMED = 5;

/** Returns a filter in words, for the record of a report that was built or exported. */
export function summarizeFilter(filter: ActivityFilter, catalogue: AccountCatalogue): string {
  const { interval, timeZone } = filter;
  const clock = ZonedClock.of(timeZone);
  const times = `${clock.wallClock(interval.from)} to ${clock.wallClock(interval.to)} ${timeZone}`;
  return `Users activity ${times}; ${summarizeConditions(filter, catalogue)}`;
}

/** Returns in words what a filter requires of an activity. */
export function summarizeConditions(filter: ActivityConditions, catalogue: AccountCatalogue): string {
  const { activities, excludedActivities, excludedUserIds, amounts, text } = filter;
  const labels = activities.map((activity) => catalogue.labelOf(activity));
  const excludedLabels = excludedActivities.map((activity) => catalogue.labelOf(activity));
  return [
    filter.userIds.length > 0 ? `${filter.userIds.length} user(s)` : 'all users',
    labels.length > 0 ? labels.join(', ') : 'all activities',
    ...(filter.outcomes.length > 0 ? [filter.outcomes.join(', ')] : []),
    ...named('groups', filter.activityGroups),
    ...named('without', excludedLabels),
    ...(excludedUserIds.length > 0 ? [`without ${excludedUserIds.length} user(s)`] : []),
    ...named('email addresses', filter.userEmails),
    ...named('orders', filter.orderReferences),
    ...named('subscriptions', filter.subscriptionReferences),
    ...named('IP addresses', filter.ipAddresses),
    ...named('requests', filter.requestIds),
    ...named('sent by', filter.senders),
    ...(amounts ? [summarizeAmounts(amounts)] : []),
    // The text itself is only in the details, because a search for it would find the records of earlier searches.
    ...(text !== undefined ? ['with a text'] : []),
  ].join('; ');
}

function named(what: string, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  const rest = values.length > MAX_NAMED ? ` and ${values.length - MAX_NAMED} more` : '';
  return [`${what} ${values.slice(0, MAX_NAMED).join(', ')}${rest}`];
}

function summarizeAmounts(range: AmountRange): string {
  const { currency, amountFrom, amountTo } = amountDetails(range);
  const from = amountFrom === undefined ? [] : [`from ${amountFrom}`];
  const to = amountTo === undefined ? [] : [`to ${amountTo}`];
  return ['amounts', ...from, ...to, `in ${currency}`].join(' ');
}

/** Returns a filter as the details of a record. */
export function filterDetails({ interval, timeZone, order, ...conditions }: ActivityFilter): ReportDetails {
  const [from, to] = [interval.from, interval.to].map((instant) => new Date(instant).toISOString());
  return { report: 'users-activity', from, to, ...conditionDetails(conditions), timeZone, order };
}

/**
 * Returns what a filter requires of an activity as the details of a record. Conditions that it does not have are left
 * out, apart from those that records have had from the beginning: users, activities and outcomes.
 */
export function conditionDetails({ amounts, text, ...conditions }: ActivityConditions): ConditionDetails {
  const lists = {
    activityGroups: conditions.activityGroups,
    excludedActivities: conditions.excludedActivities,
    excludedUserIds: conditions.excludedUserIds,
    userEmails: conditions.userEmails,
    orderReferences: conditions.orderReferences,
    subscriptionReferences: conditions.subscriptionReferences,
    ipAddresses: conditions.ipAddresses,
    requestIds: conditions.requestIds,
    senders: conditions.senders,
  };
  const { userIds, activities, outcomes } = conditions;
  return {
    userIds,
    activities,
    outcomes,
    ...(Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)) as Partial<typeof lists>),
    ...(amounts && amountDetails(amounts)),
    ...(text !== undefined && { text }),
  };
}

function amountDetails({ currency, from, to }: AmountRange) {
  return {
    currency,
    ...(from !== undefined && { amountFrom: formatAmount(from, currency) }),
    ...(to !== undefined && { amountTo: formatAmount(to, currency) }),
  };
}
