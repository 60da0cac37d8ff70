import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { minorUnits } from '../../database/minor-units';
import type { ActivityCode } from '../catalogue/activity-code';
import type { Outcome } from '../catalogue/activity-type';

/** The columns of a record. */
abstract class ActivityColumns {
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  /** A ULID whose time is `occurredAt`. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  /** For people who query the table; reports take the time from the id. */
  @Column({ name: 'occurred_at', type: 'datetime' })
  occurredAt: Date;

  @Column({ name: 'user_id', type: 'varchar', length: 26, nullable: true })
  userId: string | null;

  /** The name as it was then. */
  @Column({ name: 'user_name', type: 'varchar', length: 200 })
  userName: string;

  @Column({ name: 'activity', type: 'varchar', length: 64 })
  activity: ActivityCode;

  @Column({ name: 'outcome', type: 'varchar', length: 8 })
  outcome: Outcome;

  @Column({ name: 'subscription_reference', type: 'varchar', length: 64, nullable: true })
  subscriptionReference: string | null;

  @Column({ name: 'order_reference', type: 'varchar', length: 64, nullable: true })
  orderReference: string | null;

  /** In minor units of the currency. */
  @Column({ name: 'amount', type: 'bigint', nullable: true, transformer: minorUnits })
  amount: number | null;

  @Column({ name: 'currency', type: 'varchar', length: 3, nullable: true })
  currency: string | null;

  @Column({ name: 'billing_cycles', type: 'int', nullable: true })
  billingCycles: number | null;

  @Column({ name: 'comment', type: 'varchar', length: 2000, nullable: true })
  comment: string | null;

  @Column({ name: 'page', type: 'varchar', length: 200, nullable: true })
  page: string | null;

  @Column({ name: 'ip_address', type: 'varchar', length: 45, nullable: true })
  ipAddress: string | null;

  @Column({ name: 'user_agent', type: 'varchar', length: 512, nullable: true })
  userAgent: string | null;

  @Column({ name: 'request_id', type: 'varchar', length: 64, nullable: true })
  requestId: string | null;

  /** Name of the user or API key that sent it from another system; null for what the service recorded itself. */
  @Column({ name: 'sent_by', type: 'varchar', length: 200, nullable: true })
  sentBy: string | null;

  /** JSON: what changed from what to what, and the stable code of the error of a failed attempt. */
  @Column({ name: 'details', type: 'simple-json', nullable: true })
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
