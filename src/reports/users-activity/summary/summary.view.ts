import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ReportedActivityType } from '../../../activities/rows/activity-row.view';
import { OUTCOMES, type Outcome } from '../../../audit/catalogue/activity-type';
import { GROUPINGS, type Grouping } from '../counting/grouping';
import { ReportInterval } from '../users-activity.view';

/** The user of a group. */
export class SummaryUser {
  /**
   * The id of the user or of the API key: 26 characters; null for a person who is not a user of the account, and for the
   * command line.
   * @example "01J000000000000000000VSER3"
   */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;

  /**
   * The present name of the user or of the API key. Without an id, it is the name in the records.
   * @example "John Doe"
   */
  name: string;

  /**
   * The present email address of the user. Without an id, it is the email address in the records: people with the same
   * name but different addresses are separate groups. Null for an API key and for the command line.
   * @example "john.doe@demo.example"
   */
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
}

/** What the activities of a row have in common: one field for each grouping of the request. */
export class SummaryKey {
  /**
   * The local day in the report's time zone.
   * @example "2014-06-10"
   */
  @ApiPropertyOptional({ format: 'date' })
  day?: string;

  /**
   * The ISO 8601 week, which consists of the local days from Monday to Sunday.
   * @example "2014-W24"
   */
  @ApiPropertyOptional({ pattern: '^\\d{4}-W\\d{2}$' })
  week?: string;

  /**
   * The month in the report's time zone.
   * @example "2014-06"
   */
  @ApiPropertyOptional({ pattern: '^\\d{4}-\\d{2}$' })
  month?: string;

  /**
   * The hour that clocks in the report's time zone show, from 0 to 23.
   * @example 11
   */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 23 })
  hourOfDay?: number;

  /** The user who performed the activities. */
  user?: SummaryUser;

  /** The activity type. */
  activity?: ReportedActivityType;

  /**
   * The group of the activity types.
   * @example "Orders"
   */
  group?: string;

  /**
   * How the activities ended.
   * @example "success"
   */
  @ApiPropertyOptional({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome?: Outcome;
}

/** A sum of amounts in one currency. */
export class SummaryAmount {
  /**
   * The ISO 4217 code of the currency.
   * @example "USD"
   */
  currency: string;

  /**
   * The exact sum as a decimal string. It adds up the amounts in the rows of the report, whatever their activity type:
   * to sum only refunds, for example, filter by activity or group by it.
   * @example "1250.50"
   */
  amount: string;
}

/** The number of activities, and the sums of their amounts. */
export class SummaryTotals {
  /**
   * The number of activities.
   * @example 12
   */
  @ApiProperty({ type: 'integer', minimum: 0 })
  count: number;

  /** The sums of the amounts, ordered by currency. Empty if no activity has an amount. */
  amounts: SummaryAmount[];
}

/** A row of a summary: the activities of one group. */
export class SummaryRow extends SummaryTotals {
  /** The group. */
  key: SummaryKey;
}

/** A summary of the Users activity report. */
export class UsersActivitySummary {
  /**
   * The IANA name of the time zone whose local days and hours the summary has.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /** The interval that the summary covers. */
  interval: ReportInterval;

  /**
   * The groupings, as in the request.
   * @example ["day", "outcome"]
   */
  @ApiProperty({ enum: GROUPINGS, enumName: 'Grouping', isArray: true })
  groupBy: Grouping[];

  /**
   * The groups, ordered by the first grouping, then by the second one: times from the earliest to the latest, users by
   * name, activity types and their groups as `GET /v1/activity-types` lists them.
   */
  data: SummaryRow[];

  /** All activities of the summary. */
  totals: SummaryTotals;
}
