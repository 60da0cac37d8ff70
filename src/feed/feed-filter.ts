import type { ActivityConditions } from '../activities/filter/activity-filter';
import type { TimeZone } from '../lib/time/zoned-time';

/** Which records to follow, and how to show them. */
export interface FeedFilter {
  readonly accountId: string;
  readonly conditions: ActivityConditions;
  /** The time zone of the times in responses. */
  readonly timeZone: TimeZone;
}
