import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntegerColumn,
  JsonTextColumn,
  MoneyColumn,
  TextColumn,
} from '../../database/columns';
import type { ActivityCode } from '../catalogue/activity-code';
import type { Outcome } from '../catalogue/activity-type';

/** The columns of a record, which both tables of this file have. */
abstract class ActivityColumns {
  @IdColumn({ primary: true })
  accountId: string;

  /** A ULID whose time is `occurredAt`. */
  @IdColumn({ primary: true })
  id: string;

  /** The time of the id again, for people who query the table, and for summaries by hour. Reports read it from the id. */
  @InstantColumn()
  occurredAt: Date;

  /** Id of the user or the API key; null when the actor is neither, such as the command line. */
  @IdColumn({ nullable: true })
  userId: string | null;

  /** The name of the actor at that time. */
  @TextColumn('name')
  userName: string;

  /** The email address of the person at that time; null if a program acted, or if the address is unknown. */
  @TextColumn('email', { nullable: true })
  userEmail: string | null;

  @TextColumn('code')
  activity: ActivityCode;

  @TextColumn('outcome')
  outcome: Outcome;

  @TextColumn('foreignReference', { nullable: true })
  subscriptionReference: string | null;

  @TextColumn('foreignReference', { nullable: true })
  orderReference: string | null;

  /** In minor units of the currency. */
  @MoneyColumn({ nullable: true })
  amount: number | null;

  @TextColumn('currency', { nullable: true })
  currency: string | null;

  @IntegerColumn({ nullable: true })
  billingCycles: number | null;

  @TextColumn('comment', { nullable: true })
  comment: string | null;

  @TextColumn('page', { nullable: true })
  page: string | null;

  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;

  @TextColumn('userAgent', { nullable: true })
  userAgent: string | null;

  @TextColumn('requestId', { nullable: true })
  requestId: string | null;

  /** Name of the user or API key that sent the record from another system; null for records of the service itself. */
  @TextColumn('name', { nullable: true })
  sentBy: string | null;

  /**
   * JSON: values without a column of their own, such as the old and new values of an update, or the code of an error.
   */
  @JsonTextColumn({ nullable: true })
  details: object | null;
}

/**
 * The record of one activity: who did what, when, and with which outcome. It is never updated. The primary key contains
 * the time-ordered id, so the table is stored in report order; the indexes serve the filters of the report.
 */
@Entity('activities')
@Index('activities_by_user', ['accountId', 'userId', 'id', 'activity', 'outcome'])
@Index('activities_by_activity', ['accountId', 'activity', 'outcome', 'id'])
@Index('activities_by_order', ['accountId', 'orderReference', 'id'])
@Index('activities_by_subscription', ['accountId', 'subscriptionReference', 'id'])
export class Activity extends ActivityColumns {}

/**
 * A failed attempt that belongs to no user, such as a login with an unknown email address. No account sees it, and it
 * is deleted after a day. Its table has the columns and indexes of `activities`, so that writing it takes as long: the
 * response time of a login must not reveal which email addresses exist.
 */
@Entity('unclaimed_attempts')
@Index('unclaimed_attempts_by_user', ['accountId', 'userId', 'id', 'activity', 'outcome'])
@Index('unclaimed_attempts_by_activity', ['accountId', 'activity', 'outcome', 'id'])
@Index('unclaimed_attempts_by_order', ['accountId', 'orderReference', 'id'])
@Index('unclaimed_attempts_by_subscription', ['accountId', 'subscriptionReference', 'id'])
export class UnclaimedAttempt extends ActivityColumns {}
