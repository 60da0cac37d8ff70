import { ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { CONDITION_PROBLEMS, UsersActivityFilter } from '../activities/filter/activity-filter.dto';
import { Fails } from '../http/problems/fails.decorator';
import { Characters, IsInstant, IsTimeZone, Omittable, ToInteger } from '../http/validation/dto-fields';

/** Where a follower without a cursor can start. */
export const STARTS = ['beginning', 'now'] as const;

/** The problems that the filter and the start of the feed can have. */
const FOLLOW_PROBLEMS = [
  ...CONDITION_PROBLEMS,
  'cursor_invalid',
  'cursor_of_another_account',
  'cursor_of_another_filter',
  'cursor_ahead',
  'cursor_outdated',
  'start_ambiguous',
] as const;

/** The filter of the report without its interval and its order. */
class FeedFilterQuery extends OmitType(UsersActivityFilter, ['interval', 'from', 'to', 'order', 'timeZone']) {
  /**
   * The IANA name of the time zone of the times in the response. If you leave it out, it is the account's time zone.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;
}

/** Where to start in the feed. */
class StartQuery {
  /**
   * The cursor to continue after: `nextCursor` of the previous response, unchanged, at most 1000 characters. Send it
   * together with the same filter. You cannot combine it with `start` or `recordedSince`.
   * @example "eyJzZXF1ZW5jZSI6NDJ9.q1w2e3r4t5y6u7i8"
   */
  @Omittable()
  @IsString()
  @Characters(0, 1000)
  after?: string;

  /**
   * Where to start without a cursor: with the first record (`beginning`), or with the first one that is recorded from
   * now on (`now`). If you set neither a cursor, nor `start`, nor `recordedSince`, it is `beginning`.
   * @example "beginning"
   */
  @ApiPropertyOptional({ enum: STARTS, enumName: 'FeedStart' })
  @Omittable()
  @IsIn(STARTS)
  start?: (typeof STARTS)[number];

  /**
   * Start with the first record whose `recordedAt` is this RFC 3339 date-time or later. In a URL, send `+` as `%2B`.
   * @example "2026-03-29T14:30:00Z"
   */
  @Omittable()
  @IsInstant()
  recordedSince?: string;
}

/** Which records to follow, and from where. */
export class FollowQuery extends IntersectionType(FeedFilterQuery, StartQuery) {}

/** The size of a page of the feed, and how long to wait for it. */
class FeedPageQuery {
  /**
   * The maximum number of records on a page: 1 to 1000, 50 by default.
   * @example 50
   */
  @ApiPropertyOptional({ default: 50 })
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;

  /**
   * The seconds to wait for a record if there is none yet, 0 to 30. By default, the response does not wait.
   * @example 0
   */
  @ApiPropertyOptional({ default: 0 })
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(30)
  wait?: number;
}

/** The query of a page of the feed. */
@Fails(...FOLLOW_PROBLEMS)
export class FeedQuery extends IntersectionType(FollowQuery, FeedPageQuery) {}

/** How long a stream of the feed lasts. */
class StreamDurationQuery {
  /**
   * The seconds after which the stream ends, 0 to 86400; 0 ends it once all existing records have been sent. If you
   * leave it out, the stream ends when you close it.
   * @example 0
   */
  @Omittable()
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(86_400)
  timeoutSeconds?: number;
}

/** The query of a stream of the feed. */
@Fails(...FOLLOW_PROBLEMS)
export class StreamQuery extends IntersectionType(FollowQuery, StreamDurationQuery) {}
