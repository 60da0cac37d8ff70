import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import type { Outcome } from '../../../audit/catalogue/activity-type';
import type { Interval } from '../../../lib/time/interval';
import type { TimeZone } from '../../../lib/time/zoned-time';

export const SORT_ORDERS = ['desc', 'asc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** The filter of a report, which is the same for JSON and CSV. An empty list excludes nothing. */
export interface ActivityFilter {
  readonly accountId: string;
  readonly userIds: readonly string[];
  readonly activities: readonly ActivityCode[];
  readonly outcomes: readonly Outcome[];
  readonly interval: Interval;
  readonly timeZone: TimeZone;
  readonly order: SortOrder;
}
