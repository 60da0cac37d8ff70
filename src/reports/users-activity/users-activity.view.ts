import { ApiProperty } from '@nestjs/swagger';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ACTIVITY_CODE_SCHEMA, type ActivityCode } from '../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../audit/catalogue/activity-type';
import type { Page } from '../../http/paging/page.dto';
import { formatAmount } from '../../lib/money';
import { momentOf } from '../../lib/time-ordered-id';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { ActivityFilter } from './activity-filter';
import type { ReportedActivity } from './activity.reader';

/** Who did it. */
export class ActivityUser {
  /**
   * The user's id, or the API key's; null for what no user of this service did, such as the command line.
   * @example "01J000000000000000000VSER3"
   */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;

  /**
   * The user's name as it was then.
   * @example "John Doe"
   */
  name: string;
}

/** What was done. */
export class ActivityKind {
  /**
   * Stable code of the activity type; what the account registered itself begins with `custom.`.
   * @example "refund.canceled"
   */
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  code: ActivityCode;

  /**
   * What the report calls it.
   * @example "Cancel order refund"
   */
  label: string;
}

/** One activity. */
export class ActivityRow {
  /**
   * Id of the record: sorts by time, never changes, never comes twice.
   * @example "00J9B2F5VM8M4X2Q7T1N9B7C5D"
   */
  id: string;

  /**
   * When it happened, RFC 3339 in the report's time zone.
   * @example "2014-06-10T11:46:01.000+03:00"
   */
  occurredAt: string;

  /** Who did it. */
  user: ActivityUser;

  /** What was done. */
  activity: ActivityKind;

  /**
   * How it ended: `success`; `failure`, then nothing was changed; `denied`, for lack of a privilege.
   * @example "success"
   */
  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome: Outcome;

  /**
   * The subscription that it was done to.
   * @example "ABCD123"
   */
  @ApiProperty({ type: String, nullable: true })
  subscriptionReference: string | null;

  /**
   * The order that it was done to.
   * @example "1234567"
   */
  @ApiProperty({ type: String, nullable: true })
  orderReference: string | null;

  /**
   * Price or amount as a decimal number; of a refund, what goes back to the shopper.
   * @example "50"
   */
  @ApiProperty({ type: String, nullable: true })
  amount: string | null;

  /**
   * Currency of the amount, ISO 4217.
   * @example "USD"
   */
  @ApiProperty({ type: String, nullable: true })
  currency: string | null;

  /**
   * How many billing cycles it is for.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  billingCycles: number | null;

  /**
   * What the user noted, or what the activity was about.
   * @example "Customer request"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /**
   * The page that was shown.
   * @example null
   */
  @ApiProperty({ type: String, nullable: true })
  page: string | null;

  /**
   * Where the request came from.
   * @example "203.0.113.7"
   */
  @ApiProperty({ type: String, nullable: true })
  ipAddress: string | null;

  /**
   * What the request was made with.
   * @example "Mozilla/5.0"
   */
  @ApiProperty({ type: String, nullable: true })
  userAgent: string | null;

  /**
   * The request, as its answer's X-Request-Id header and the log name it; of what another system sent, the one that brought it.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  @ApiProperty({ type: String, nullable: true })
  requestId: string | null;

  /**
   * Who sent the record from another system, which this service takes on trust; null for what it saw itself.
   * @example "API key: crm-sync"
   */
  @ApiProperty({ type: String, nullable: true })
  sentBy: string | null;
}

/** From when to when. */
export class ReportInterval {
  /**
   * The first moment, RFC 3339 in the report's time zone.
   * @example "2014-06-01T00:00:00.000+03:00"
   */
  from: string;

  /**
   * The moment before which it ends.
   * @example "2014-07-01T00:00:00.000+03:00"
   */
  to: string;
}

/** One page of the Users activity report. */
export class UsersActivityPage implements Page<ActivityRow> {
  /**
   * The report.
   * @example "users-activity"
   */
  @ApiProperty({ enum: ['users-activity'] })
  report: 'users-activity';

  /**
   * IANA time zone of every time in it.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /** From when to when it reports. */
  interval: ReportInterval;

  /** The activities. */
  data: ActivityRow[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows a page of the report, with its times in the zone of the filter. */
export function usersActivityPage(
  { timeZone, interval }: ActivityFilter,
  activities: readonly ReportedActivity[],
  nextCursor: string | null,
  catalogue: AccountCatalogue,
): UsersActivityPage {
  const clock = new ZonedClock(timeZone);
  return {
    report: 'users-activity',
    timeZone,
    interval: { from: clock.rfc3339(interval.from), to: clock.rfc3339(interval.to) },
    data: activities.map((activity) => activityRow(activity, clock, catalogue)),
    nextCursor,
  };
}

/** Shows an activity as a row of the JSON. */
function activityRow(activity: ReportedActivity, clock: ZonedClock, catalogue: AccountCatalogue): ActivityRow {
  return {
    id: activity.id,
    occurredAt: clock.rfc3339(momentOf(activity.id)),
    user: { id: activity.userId, name: activity.userName },
    activity: { code: activity.activity, label: catalogue.labelOf(activity.activity) },
    outcome: activity.outcome,
    subscriptionReference: activity.subscriptionReference,
    orderReference: activity.orderReference,
    amount: formatActivityAmount(activity),
    currency: activity.currency,
    billingCycles: activity.billingCycles,
    comment: activity.comment,
    page: activity.page,
    ipAddress: activity.ipAddress,
    userAgent: activity.userAgent,
    requestId: activity.requestId,
    sentBy: activity.sentBy,
  };
}

/** The amount of an activity as a decimal number. */
export function formatActivityAmount({ amount, currency }: ReportedActivity): string | null {
  return amount === null || currency === null ? null : formatAmount(amount, currency);
}
