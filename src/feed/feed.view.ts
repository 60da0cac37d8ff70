import { ApiProperty } from '@nestjs/swagger';
import { ActivityRow } from '../activities/rows/activity-row.view';
import { presentActivity } from '../activities/rows/present-activity';
import type { LedgerEnd } from '../audit/ledger/ledger.reader';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { ZonedClock, type TimeZone } from '../lib/time/zoned-time';
import type { FollowedActivity, LedgerPart } from './feed-reader';

/** A record of the feed: a row of the report with its place in the ledger. */
export class FeedRow extends ActivityRow {
  /**
   * The place of the record in the account's ledger: 1, 2, 3 and so on, without gaps.
   * @example 42
   */
  sequence: number;

  /**
   * When the record got its place: an RFC 3339 date-time in the response's time zone. It never goes back from one record
   * to the next.
   * @example "2026-03-29T14:30:00.125+03:00"
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: false })
  override recordedAt: string;
}

/** Up to which time the feed can no longer change. */
export class Settled {
  /**
   * The time up to which the feed can no longer change: no further record can have this or an earlier `recordedAt`. An
   * RFC 3339 date-time in the response's time zone. Null if nothing was recorded.
   * @example "2026-03-29T14:30:00.125+03:00"
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledThrough: string | null;

  /**
   * False while a job adds the records from before an upgrade to the feed. Newer records are added after them.
   * @example true
   */
  isComplete: boolean;
}

/** A page of the feed. */
export class FeedPage extends Settled {
  /** The records, in the order in which they were recorded. */
  data: FeedRow[];

  /**
   * The cursor to continue with: send it as `after` with the same filter. Every page has one, even an empty page.
   * @example "eyJzZXF1ZW5jZSI6NDJ9.q1w2e3r4t5y6u7i8"
   */
  nextCursor: string;

  /**
   * Whether the ledger has more records after this page, whether they match the filter or not. A page can be empty even
   * if this is true, because it looks at no more than 5000 records. If this is false, you have received every record up
   * to `settledThrough`.
   * @example false
   */
  hasMore: boolean;

  /**
   * The IANA name of the time zone of all times in the response.
   * @example "Europe/Bucharest"
   */
  timeZone: string;
}

/** Converts a part of a ledger to a page of the feed. */
export function feedPage(
  { activities, place, end }: LedgerPart,
  nextCursor: string,
  timeZone: TimeZone,
  catalogue: AccountCatalogue,
): FeedPage {
  const clock = ZonedClock.of(timeZone);
  return {
    data: activities.map((activity) => feedRow(activity, clock, catalogue)),
    nextCursor,
    hasMore: place.sequence < end.sequence,
    ...presentSettled(end, clock),
    timeZone,
  };
}

/** Shows up to which time a ledger can no longer change. */
export function presentSettled({ settledThrough, isComplete }: LedgerEnd, clock: ZonedClock): Settled {
  return { settledThrough: settledThrough ? clock.rfc3339(settledThrough.getTime()) : null, isComplete };
}

/** Converts a record to a row of the feed. */
export function feedRow(activity: FollowedActivity, clock: ZonedClock, catalogue: AccountCatalogue): FeedRow {
  return {
    ...presentActivity(activity, clock, (code) => catalogue.labelOf(code)),
    sequence: activity.sequence,
    recordedAt: clock.rfc3339(activity.recordedAt.getTime()),
  };
}
