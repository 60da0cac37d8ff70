import type { ActivityCode } from '../../audit/activity-code';
import type { Outcome } from '../../audit/activity-type';
import type { Interval } from '../../common/interval';
import type { TimeZone } from '../../common/zoned-time';
import type { SortOrder } from './users-activity.query.dto';

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
