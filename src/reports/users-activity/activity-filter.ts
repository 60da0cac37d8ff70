import type { ActivityCode } from '../../audit/catalogue/activity-code';
import type { Outcome } from '../../audit/catalogue/activity-type';
import type { Interval } from '../../lib/time/interval';
import type { TimeZone } from '../../lib/time/zoned-time';
import type { SortOrder } from './users-activity.dto';

/** Which activities of which account a report shows; an empty list filters nothing. JSON and CSV take the same. */
export interface ActivityFilter {
  readonly accountId: string;
  readonly userIds: readonly string[];
  readonly activities: readonly ActivityCode[];
  readonly outcomes: readonly Outcome[];
  readonly interval: Interval;
  readonly timeZone: TimeZone;
  readonly order: SortOrder;
}
