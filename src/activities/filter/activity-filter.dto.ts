import { ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsString } from 'class-validator';
import { ACTIVITY_CODE_SCHEMA, IsActivityCode, type ActivityCode } from '../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../audit/catalogue/activity-type';
import { Fails } from '../../http/problems/fails.decorator';
import {
  Characters,
  IsCurrency,
  IsEmailAddress,
  IsId,
  IsIpAddress,
  IsSignedAmount,
  IsTimeZone,
  ListOf,
  ListOfTexts,
  LowerCased,
  Omittable,
  Repeatable,
  Trimmed,
} from '../../http/validation/dto-fields';
import { INTERVAL_END } from '../../http/validation/read-interval';
import { INTERVAL_PRESETS, type IntervalPreset } from '../../lib/time/interval';
import { SORT_ORDERS, type SortOrder } from './activity-filter';

/** The problems of a filter without an interval that its validation rules do not declare. */
export const CONDITION_PROBLEMS = [
  'activity_unknown',
  'activity_group_unknown',
  'amount_range_reversed',
  { code: 'required', detail: 'currency is required with amountFrom and amountTo.' },
  { code: 'user_not_found', detail: 'There is no user and no API key with the id 01KAM9W3M8Q6XK2T1N9B7C5D4E.' },
] as const;

/** The problems of the filter that its validation rules do not declare. */
export const FILTER_PROBLEMS = [
  ...CONDITION_PROBLEMS,
  'interval_ambiguous',
  'interval_reversed',
  'date_invalid',
  'local_time_nonexistent',
  'local_time_ambiguous',
] as const;

/**
 * The filter of the report. An activity is included if it matches every filter that you set. If you set several values
 * for a filter, one of them is enough.
 */
@Fails(...FILTER_PROBLEMS)
export class UsersActivityFilter {
  /**
   * The ids of users or API keys. Only their activities are included. Repeat the parameter for several ids, up to 100.
   * @example ["01J000000000000000000VSER3"]
   */
  @ListOf(100, IsId({ each: true }))
  userId?: string[];

  /**
   * The codes of activity types, built-in or custom. Only activities of these types are included. Repeat the parameter
   * for several codes, up to 200.
   * @example ["refund.requested", "refund.canceled"]
   */
  @ApiPropertyOptional({ type: 'array', items: ACTIVITY_CODE_SCHEMA })
  @ListOf(200, IsActivityCode({ each: true }))
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
  @ApiPropertyOptional({ pattern: INTERVAL_END.source })
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
  @ApiPropertyOptional({ pattern: INTERVAL_END.source })
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
   * The references of orders. Only activities about these orders are included. Repeat the parameter for several
   * references, up to 100.
   * @example ["1234567"]
   */
  @ListOfTexts(100, 64)
  orderReference?: string[];

  /**
   * The references of subscriptions. Only activities about these subscriptions are included. Repeat the parameter for
   * several references, up to 100.
   * @example ["ABCD123"]
   */
  @ListOfTexts(100, 64)
  subscriptionReference?: string[];

  /**
   * A text that the user name, the comment, the page, or the order or subscription reference contains: 2 to 100
   * characters. Upper and lower case do not matter (Unicode simple case folding, after normalization to NFC).
   * @example "refund"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(2, 100)
  q?: string;

  /**
   * The groups of activity types, as `GET /v1/activity-types` lists them. Only activities of these groups are included.
   * Repeat the parameter for several groups, up to 50.
   * @example ["Orders"]
   */
  @ListOfTexts(50, 100)
  activityGroup?: string[];

  /**
   * The codes of activity types to leave out. Repeat the parameter for several codes, up to 200.
   * @example ["page.accessed"]
   */
  @ApiPropertyOptional({ type: 'array', items: ACTIVITY_CODE_SCHEMA })
  @ListOf(200, IsActivityCode({ each: true }))
  excludeActivity?: ActivityCode[];

  /**
   * The ids of users or API keys whose activities to leave out. Repeat the parameter for several ids, up to 100.
   * @example ["01J000000000000000000VSER2"]
   */
  @ListOf(100, IsId({ each: true }))
  excludeUserId?: string[];

  /**
   * The email addresses that users had at the time of their activities, in any case. They also find people who are not
   * users of this service, in records from other systems. Repeat the parameter for several addresses, up to 100.
   * @example ["nadia@night-shift.example"]
   */
  @ListOf(100, IsEmailAddress({ each: true }), Characters(1, 254, { each: true }), LowerCased())
  userEmail?: string[];

  /**
   * The ISO 4217 code of a currency. Only activities with an amount in it are included. `amountFrom` and `amountTo`
   * require it.
   * @example "USD"
   */
  @Omittable()
  @IsCurrency()
  currency?: string;

  /**
   * The smallest amount to include, as a decimal string in `currency`. It can be negative.
   * @example "19.90"
   */
  @Omittable()
  @IsSignedAmount()
  amountFrom?: string;

  /**
   * The largest amount to include, as a decimal string in `currency`. It can be negative.
   * @example "100"
   */
  @Omittable()
  @IsSignedAmount()
  amountTo?: string;

  /**
   * The IPv4 or IPv6 addresses that activities came from, in any spelling. Repeat the parameter for several addresses, up
   * to 20.
   * @example ["203.0.113.7"]
   */
  @ListOf(20, IsIpAddress({ each: true }), Characters(1, 45, { each: true }))
  ipAddress?: string[];

  /**
   * The ids of requests, as in the `X-Request-Id` header of their responses. Repeat the parameter for several ids, up
   * to 20.
   * @example ["01KAM9W3M8Q6XK2T1N9B7C5D4E"]
   */
  @ListOfTexts(20, 64)
  requestId?: string[];

  /**
   * The names of users or API keys that sent records from other systems, exactly as `sentBy` shows them. Only their
   * records are included. Repeat the parameter for several names, up to 20.
   * @example ["API key: crm-sync"]
   */
  @ListOfTexts(20, 200)
  sentBy?: string[];

  /**
   * The order of the rows: `desc` shows the newest first, `asc` the oldest first.
   * @example "desc"
   */
  @ApiPropertyOptional({ enum: SORT_ORDERS, enumName: 'SortOrder' })
  @Omittable()
  @IsIn(SORT_ORDERS)
  order?: SortOrder = 'desc';
}
