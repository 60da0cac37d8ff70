import { ApiPropertyOptional, getSchemaPath, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsString } from 'class-validator';
import { ACTIVITY_CODE_SCHEMA, IsActivityCode, type ActivityCode } from '../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../audit/catalogue/activity-type';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { Characters, IsId, IsTimeZone, Omittable, Repeatable } from '../../http/validation/dto-fields';
import { INTERVAL_PRESETS, type IntervalPreset } from '../../lib/time/interval';
import { SORT_ORDERS, type SortOrder } from './reading/activity-filter';

/** The problems of the filter that its validation rules do not declare. */
const FILTER_PROBLEMS = [
  'activity_unknown',
  'interval_ambiguous',
  'interval_reversed',
  'date_invalid',
  'local_time_nonexistent',
  'local_time_ambiguous',
  { code: 'user_not_found', detail: 'There is no user and no API key with the id 01KAM9W3M8Q6XK2T1N9B7C5D4E.' },
] as const;

/**
 * The filter of the report. An activity is included if it matches every filter that you set. If you set several values
 * for a filter, one of them is enough.
 */
@Fails(...FILTER_PROBLEMS)
export class UsersActivityFilter {
  /**
   * The ids of users or API keys. The report includes only their activities. Repeat the parameter for several ids, up
   * to 100.
   * @example ["01J000000000000000000VSER3"]
   */
  @Omittable()
  @Repeatable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(100)
  @IsId({ each: true })
  userId?: string[];

  /**
   * The codes of activity types, built-in or custom. The report includes only activities of these types. Repeat the
   * parameter for several codes, up to 200.
   * @example ["refund.requested", "refund.canceled"]
   */
  @ApiPropertyOptional({ type: 'array', items: ACTIVITY_CODE_SCHEMA })
  @Omittable()
  @Repeatable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(200)
  @IsActivityCode({ each: true })
  activity?: ActivityCode[];

  /**
   * A named interval of whole days in the report's time zone. `last_7_days` and `last_30_days` include today. You
   * cannot combine it with `from` or `to`. If you set none of the three, the interval is `last_30_days`.
   * @example "last_30_days"
   */
  @ApiPropertyOptional({ enum: INTERVAL_PRESETS, enumName: 'IntervalPreset' })
  @Omittable()
  @IsIn(INTERVAL_PRESETS, { context: { code: 'interval_unknown' } })
  interval?: IntervalPreset;

  /**
   * The start of the interval, inclusive: a day such as `2026-03-29`, which starts at its first moment in the report's
   * time zone, an RFC 3339 date-time such as `2026-03-29T14:30:00+03:00`, or a local time without an offset, such as
   * `2026-03-29T14:30`. If you leave it out, the report starts with the first record.
   * @example "2026-03-01"
   */
  @Omittable()
  @IsString()
  @Characters(0, 40)
  from?: string;

  /**
   * The end of the interval: a day such as `2026-03-29`, which is included as a whole, or an RFC 3339 date-time such as
   * `2026-03-29T14:30:00+03:00` or a local time such as `2026-03-29T14:30`, which is exclusive. If you leave it out,
   * the report ends now.
   * @example "2026-03-31"
   */
  @Omittable()
  @IsString()
  @Characters(0, 40)
  to?: string;

  /**
   * The IANA name of the report's time zone. Days are interpreted and times are shown in it. If you leave it out, the
   * report uses the account's time zone.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;

  /**
   * The outcomes to include. Repeat the parameter for several outcomes.
   * @example ["success"]
   */
  @ApiPropertyOptional({ type: 'array', items: { $ref: getSchemaPath('Outcome') }, maxItems: OUTCOMES.length })
  @Omittable()
  @Repeatable()
  @IsArray()
  @ArrayUnique()
  @IsIn(OUTCOMES, { each: true, context: { code: 'outcome_unknown' } })
  outcome?: Outcome[];

  /**
   * The order of the rows: `desc` shows the newest first, `asc` the oldest first.
   * @example "desc"
   */
  @ApiPropertyOptional({ enum: SORT_ORDERS, enumName: 'SortOrder' })
  @Omittable()
  @IsIn(SORT_ORDERS)
  order?: SortOrder = 'desc';
}

/** The format of the report. */
class FormatQuery {
  /**
   * The format of the response: `json` or `csv`. It takes precedence over the `Accept` header. If neither is set, the
   * format is JSON.
   */
  @ApiPropertyOptional({ enum: ['json', 'csv'] })
  @Omittable()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';

  /**
   * Whether the CSV begins with a byte order mark, which Excel needs to recognize UTF-8.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  bom?: boolean;
}

/** The filter and the format of the report, and the page to return. */
@Fails(...FILTER_PROBLEMS, 'cursor_invalid', 'cursor_of_another_filter')
export class UsersActivityQuery extends IntersectionType(UsersActivityFilter, FormatQuery, PageQuery) {}
