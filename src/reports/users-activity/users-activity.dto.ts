import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsString } from 'class-validator';
import { ACTIVITY_CODE_SCHEMA, IsActivityCode, type ActivityCode } from '../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../audit/catalogue/activity-type';
import { PageQuery } from '../../http/paging/page.dto';
import { Characters, IsId, IsTimeZone, Omittable, Repeatable } from '../../http/validation/dto-fields';
import { INTERVAL_PRESETS, type IntervalPreset } from '../../lib/time/interval';

export const SORT_ORDERS = ['desc', 'asc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** Which activities the report shows, and how. Filters of different kinds must all hold; of one kind, any value may. */
export class UsersActivityQuery extends PageQuery {
  /**
   * Only what these users did, by id, or what was done with these API keys; repeat it for several, up to 100.
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
   * Only these activities, by code of the activity types, the account's own among them; repeat it for several.
   * @example ["refund.requested", "refund.canceled"]
   */
  @ApiPropertyOptional({ type: 'array', items: ACTIVITY_CODE_SCHEMA })
  @Omittable()
  @Repeatable()
  @IsArray()
  @ArrayUnique()
  @IsActivityCode({ each: true })
  activity?: ActivityCode[];

  /**
   * Only what ended so; repeat it for several.
   * @example ["success"]
   */
  @ApiPropertyOptional({ enum: OUTCOMES, enumName: 'Outcome', isArray: true })
  @Omittable()
  @Repeatable()
  @IsArray()
  @ArrayUnique()
  @IsIn(OUTCOMES, { each: true, context: { code: 'outcome_unknown' } })
  outcome?: Outcome[];

  /**
   * A named interval of whole local days; today is in `last_7_days` and `last_30_days`. Not together with `from` or `to`;
   * without any of the three it is `last_30_days`.
   * @example "last_30_days"
   */
  @ApiPropertyOptional({ enum: INTERVAL_PRESETS, enumName: 'IntervalPreset' })
  @Omittable()
  @IsIn(INTERVAL_PRESETS, { context: { code: 'interval_unknown' } })
  interval?: IntervalPreset;

  /**
   * The first moment: an RFC 3339 time, or a day `YYYY-MM-DD` as a whole in the report's time zone. Without it the report
   * begins with the first record.
   */
  @Omittable()
  @IsString()
  @Characters(0, 40)
  from?: string;

  /**
   * The moment before which the report ends, as an RFC 3339 time; or the last day `YYYY-MM-DD`, which is in it as a whole.
   * Without it the report ends now.
   */
  @Omittable()
  @IsString()
  @Characters(0, 40)
  to?: string;

  /**
   * IANA time zone to read days in and to show times in; without it the account's.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;

  /**
   * `desc` begins with the newest, `asc` with the oldest.
   * @example "desc"
   */
  @ApiPropertyOptional({ enum: SORT_ORDERS, enumName: 'SortOrder' })
  @Omittable()
  @IsIn(SORT_ORDERS)
  order?: SortOrder = 'desc';

  /**
   * What the answer is; stronger than the Accept header.
   * @example "json"
   */
  @ApiPropertyOptional({ enum: ['json', 'csv'] })
  @Omittable()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';

  /**
   * Whether the CSV begins with a byte order mark, as Excel needs it to read UTF-8.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  bom?: boolean;
}
