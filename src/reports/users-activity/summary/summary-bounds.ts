import { Problem } from '../../../http/problems/problem';
import { inQuery, type RequestField } from '../../../http/problems/request-field';
import { secondsInWords } from '../../../lib/time/calendar';
import type { TimeZone } from '../../../lib/time/zoned-time';
import type { Interval } from '../../../lib/time/interval';
import type { Grouping } from '../counting/grouping';
import { countDays } from '../counting/time-bucket';

/** The most local days that a summary can cover. */
export const MAX_DAYS = 400;
/** The most rows of a summary. */
export const MAX_ROWS = 20_000;

/** The groupings of which a summary can have only one. */
const DATE_GROUPINGS: readonly Grouping[] = ['day', 'week', 'month'];

/** Refuses groupings that make no sense together. */
export function assertGroupingsFit(groupBy: readonly Grouping[]): void {
  const dates = groupBy.filter((grouping) => DATE_GROUPINGS.includes(grouping));
  if (dates.length < 2) return;
  throw Problem.badRequest(
    'groupings_conflict',
    inQuery('groupBy'),
    `groupBy cannot be both ${dates.join(' and ')}. Send one of day, week and month; hourOfDay can go with each.`,
  );
}

/**
 * Refuses an interval of too many days. Returns the number of its days.
 * @param field the parameter that the interval begins with
 */
export function countSummaryDays(interval: Interval, timeZone: TimeZone, field: RequestField): number {
  const days = countDays(interval, timeZone);
  if (days <= MAX_DAYS) return days;
  throw Problem.unprocessable(
    'interval_too_long',
    field,
    `A summary can cover at most ${MAX_DAYS} days; this interval has ${days}. Send a later from or an earlier to.`,
  );
}

/** Refuses a summary that has too many rows. */
export function assertRowsBounded(rows: number): void {
  if (rows <= MAX_ROWS) return;
  throw Problem.unprocessable(
    'too_many_groups',
    inQuery('groupBy'),
    `The summary would have more than ${MAX_ROWS} rows. Choose a shorter interval, a coarser grouping such as week or month, or fewer users or activities.`,
  );
}

/**
 * Returns the problem of a summary that took too long.
 * @param done the share of the interval that was counted, up to 1
 */
export function summaryTooLarge(seconds: number, days: number, done: number, field: RequestField): Problem {
  const possible = Math.floor(days * done * 0.8);
  const proposal =
    possible >= 1
      ? `Choose a shorter interval: about ${possible} of these ${days} days should be possible.`
      : 'Choose a shorter interval, such as a part of a day, or filter by user or activity.';
  return Problem.unprocessable(
    'summary_too_large',
    field,
    `The summary was stopped because it took longer than ${secondsInWords(seconds)}. ${proposal}`,
  );
}
