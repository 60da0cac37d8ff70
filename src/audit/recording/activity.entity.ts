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

/** The columns of a record. */
abstract class ActivityColumns {
  @IdColumn({ primary: true })
  accountId: string;

  /** A ULID whose time is `occurredAt`. */
  @IdColumn({ primary: true })
  id: string;

  /** For people who query the table; reports take the time from the id. */
  @InstantColumn()
  occurredAt: Date;

  @IdColumn({ nullable: true })
  userId: string | null;

  /** The name as it was then. */
  @TextColumn('name')
  userName: string;

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

  /** Name of the user or API key that sent it from another system; null for what the service recorded itself. */
  @TextColumn('name', { nullable: true })
  sentBy: string | null;

  /** JSON: what changed from what to what, and the stable code of the error of a failed attempt. */
  @JsonTextColumn({ nullable: true })
  details: object | null;
}

/**
 * One action of one user: the record that everything here is about. Never changed once written. Its table is stored in
 * report order, because the time-ordered id is part of its key; the indexes carry what reports filter by.
 */
@Entity('activities')
@Index('activities_by_user', ['accountId', 'userId', 'id', 'activity', 'outcome'])
@Index('activities_by_activity', ['accountId', 'activity', 'outcome', 'id'])
export class Activity extends ActivityColumns {}

/**
 * A failed attempt of nobody, such as a login with an e-mail that no user has. No account sees it, and it is deleted a day
 * later. Its table has the columns and the indexes of the activities, so that writing it takes the same time: the answer to
 * a login must not tell which e-mails exist.
 */
@Entity('unclaimed_attempts')
@Index('unclaimed_attempts_by_user', ['accountId', 'userId', 'id', 'activity', 'outcome'])
@Index('unclaimed_attempts_by_activity', ['accountId', 'activity', 'outcome', 'id'])
export class UnclaimedAttempt extends ActivityColumns {}
