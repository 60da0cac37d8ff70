import { ApiProperty } from '@nestjs/swagger';
import type { ActivityFilter } from '../../activities/filter/activity-filter';
import { ActivityRow } from '../../activities/rows/activity-row.view';
import { presentActivity } from '../../activities/rows/present-activity';
import type { ReportedActivity } from '../../activities/rows/reported-activity';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock } from '../../lib/time/zoned-time';

/** The interval that a report covers. */
export class ReportInterval {
  /**
   * The start of the interval, inclusive: an RFC 3339 date-time in the report's time zone.
   * @example "2014-06-01T00:00:00.000+03:00"
   */
  @ApiProperty({ format: 'date-time' })
  from: string;

  /**
   * The end of the interval, exclusive: an RFC 3339 date-time in the report's time zone.
   * @example "2014-07-01T00:00:00.000+03:00"
   */
  @ApiProperty({ format: 'date-time' })
  to: string;
}

/** A page of the Users activity report. */
export class UsersActivityPage implements Page<ActivityRow> {
  /**
   * The report's code: always `users-activity`.
   * @example "users-activity"
   */
  @ApiProperty({ enum: ['users-activity'] })
  report: 'users-activity';

  /**
   * The IANA name of the time zone of all times in the response.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /** The interval that the report covers. */
  interval: ReportInterval;

  /** The activities on this page, in the requested order. */
  data: ActivityRow[];

  /**
   * The cursor of the next page, to send as `cursor` with the same filter; null on the last page. A page of a filter that
   * few activities match can have fewer rows than `limit`, or none, and still have a next page.
   */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Converts activities to a page of the report, with times in the report's time zone. */
export function usersActivityPage(
  { timeZone, interval }: ActivityFilter,
  activities: readonly ReportedActivity[],
  nextCursor: string | null,
  catalogue: AccountCatalogue,
): UsersActivityPage {
  const clock = ZonedClock.of(timeZone);
  return {
    report: 'users-activity',
    timeZone,
    interval: { from: clock.rfc3339(interval.from), to: clock.rfc3339(interval.to) },
    data: activities.map((activity) => presentActivity(activity, clock, (code) => catalogue.labelOf(code))),
    nextCursor,
  };
}
