import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { ActivityFilter } from './reading/activity-filter';

/** Returns a filter in words, for the record of a report that was built or exported. */
export function summarizeFilter(filter: ActivityFilter, catalogue: AccountCatalogue): string {
  const clock = ZonedClock.of(filter.timeZone);
  const labels = filter.activities.map((activity) => catalogue.labelOf(activity));
  return [
    `Users activity ${clock.wallClock(filter.interval.from)} to ${clock.wallClock(filter.interval.to)} ${filter.timeZone}`,
    filter.userIds.length > 0 ? `${filter.userIds.length} user(s)` : 'all users',
    labels.length > 0 ? labels.join(', ') : 'all activities',
    ...(filter.outcomes.length > 0 ? [filter.outcomes.join(', ')] : []),
  ].join('; ');
}

/** Returns a filter as the details of a record. */
export function filterDetails({ interval, userIds, activities, outcomes, timeZone, order }: ActivityFilter) {
  const [from, to] = [interval.from, interval.to].map((instant) => new Date(instant).toISOString());
  return { report: 'users-activity', from, to, userIds, activities, outcomes, timeZone, order };
}
