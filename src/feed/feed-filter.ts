import type { ActivityConditions } from '../reports/users-activity/reading/activity-filter';
import type { TimeZone } from '../lib/time/zoned-time';

/** Which records to follow, and how to show them. */
export interface FeedFilter {
  readonly accountId: string;
  readonly conditions: ActivityConditions;
  /** The time zone of the times in responses. */
  readonly timeZone: TimeZone;
}
