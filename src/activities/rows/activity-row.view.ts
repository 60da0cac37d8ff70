import { ApiProperty } from '@nestjs/swagger';
import { ACTIVITY_CODE_SCHEMA, type ActivityCode } from '../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../audit/catalogue/activity-type';
import { ANY_DETAILS } from '../../audit/catalogue/details-schemas';

/** The user who performed an activity. */
export class ActivityUser {
  /**
   * The id of the user or of the API key: 26 characters; null if neither performed the activity: a command that was run
   * on the server, or a person whom another system named by name and email address.
   * @example "01J000000000000000000VSER3"
   */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;

  /**
   * The user's name at the time of the activity.
   * @example "John Doe"
   */
  name: string;

  /**
   * The email address that the person had at the time of the activity, in lower case; null for an API key, for a command
   * that was run on the server, and for records from before the service stored the address.
   * @example "john.doe@demo.example"
   */
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
}

/** The type of an activity, as the report shows it. */
export class ReportedActivityType {
  /**
   * The activity type's code. It never changes. The code of a custom activity type begins with `custom.`.
   * @example "refund.canceled"
   */
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  code: ActivityCode;

  /**
   * The activity type's label.
   * @example "Cancel order refund"
   */
  label: string;
}

/** A row of the report: one recorded activity. */
export class ActivityRow {
  /**
   * The record's id: 26 characters. Ids sort by time, never change, and are unique in the account.
   * @example "018T2F969836S5GNQ1R58CN0TC"
   */
  id: string;

  /**
   * The path of the record: a GET request to it returns the record alone.
   * @example "/v1/activities/018T2F969836S5GNQ1R58CN0TC"
   */
  url: string;

  /**
   * When the activity happened: an RFC 3339 date-time in the response's time zone.
   * @example "2014-06-10T11:46:01.000+03:00"
   */
  @ApiProperty({ format: 'date-time' })
  occurredAt: string;

  /**
   * When the record got its place in the activity feed, usually a fraction of a second after it was written: an RFC 3339
   * date-time in the response's time zone. Null until then. A record that another system sent late has a `recordedAt`
   * long after its `occurredAt`.
   * @example "2014-06-10T11:46:01.125+03:00"
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recordedAt: string | null;

  /** The user who performed the activity. */
  user: ActivityUser;

  /** The activity type. */
  activity: ReportedActivityType;

  /**
   * How the activity ended: `success`; `failure`, if there was an error, in which case nothing was changed; or
   * `denied`, if the user did not have the required privilege.
   * @example "success"
   */
  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  outcome: Outcome;

  /**
   * The stable code of the problem with which an attempt failed or was denied; null if it succeeded, and for records
   * from other systems.
   */
  @ApiProperty({ type: String, nullable: true, example: null })
  failureCode: string | null;

  /**
   * The reference of the subscription that the activity is about; null if there is none.
   * @example "ABCD123"
   */
  @ApiProperty({ type: String, nullable: true })
  subscriptionReference: string | null;

  /**
   * The reference of the order that the activity is about; null if there is none.
   * @example "1234567"
   */
  @ApiProperty({ type: String, nullable: true })
  orderReference: string | null;

  /**
   * The price or amount as a decimal string; null if there is none. For a refund, it is the amount that the shopper
   * gets back.
   * @example "50"
   */
  @ApiProperty({ type: String, nullable: true })
  amount: string | null;

  /**
   * The ISO 4217 code of the amount's currency; null if there is no amount.
   * @example "USD"
   */
  @ApiProperty({ type: String, nullable: true })
  currency: string | null;

  /**
   * The number of billing cycles that the activity covers; null if it does not cover any.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true })
  billingCycles: number | null;

  /**
   * A comment about the activity: the reason that the user entered, or the name of the object that it is about; null if
   * there is none.
   * @example "Customer request"
   */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /**
   * The address or name of the page that a frontend showed, or the path that a request read, such as
   * `/v1/orders/2000001`, without its query; null for activities other than page views.
   */
  @ApiProperty({ type: String, nullable: true, example: null })
  page: string | null;

  /**
   * The IPv4 or IPv6 address that the activity came from, in its shortest form (RFC 5952); null if it is unknown.
   * @example "203.0.113.7"
   */
  @ApiProperty({ type: String, nullable: true })
  ipAddress: string | null;

  /**
   * The `User-Agent` header of the browser or program; null if it is unknown.
   * @example "Mozilla/5.0"
   */
  @ApiProperty({ type: String, nullable: true })
  userAgent: string | null;

  /**
   * The id of the request, as in the `X-Request-Id` header of its response and in the service's log; null if no request
   * caused the activity. For a record from another system, it is the id of the request that sent it.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  @ApiProperty({ type: String, nullable: true })
  requestId: string | null;

  /**
   * The name of the user or API key that sent the record from another system; null for activities that this service
   * observed itself. The service cannot verify what another system reports.
   * @example "API key: crm-sync"
   */
  @ApiProperty({ type: String, nullable: true })
  sentBy: string | null;

  /**
   * What else is known about the activity, such as the changed fields with their old and new values. Which details there
   * are depends on the activity type: `GET /v1/activity-types` describes them. An attempt that failed or was denied has
   * fewer. A record from another system has only `key` and `senderId`. Amounts are decimal strings, and times have the
   * offset with which they were recorded. Empty if nothing else is known.
   */
  @ApiProperty({
    allOf: [ANY_DETAILS],
    example: {
      refundId: '01J000000000000000000REF01',
      reason: 'shopper_request',
      requestedAmount: '59.90',
      fee: '9.90',
      currency: 'USD',
      lines: [{ position: 1, quantity: 1 }],
    },
  })
  details: object;
}
