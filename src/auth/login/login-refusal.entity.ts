import { Entity, Index } from 'typeorm';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { IdColumn, InstantColumn, IntegerColumn, TextColumn } from '../../database/columns';

/**
 * A quarter of an hour in which attempts with an email address are refused because too many have failed. The first
 * refusal is recorded as an activity; those after it are counted, and a record with their number follows when the
 * window has ended.
 */
@Entity('login_refusals')
@Index('login_refusals_by_end', ['endsAt'])
export class LoginRefusal {
  /** SHA-256 of the activity type and the email address, which have one window at a time. */
  @TextColumn('hash', { name: 'refusal_key', primary: true })
  key: string;

  /** A ULID whose time is that of the first refusal; the window's counts name it. */
  @IdColumn()
  id: string;

  @InstantColumn()
  endsAt: Date;

  /** Type of the attempted activity: a login or a change of a password. */
  @TextColumn('code')
  activity: ActivityType;

  /** Null when no user has the email address; no record follows then. */
  @IdColumn({ nullable: true })
  accountId: string | null;

  @IdColumn({ nullable: true })
  userId: string | null;

  @TextColumn('name', { nullable: true })
  userName: string | null;

  @TextColumn('email', { nullable: true })
  userEmail: string | null;

  /** Address of the first refused attempt. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;
}

/**
 * The number of attempts that one process has refused in a window, without the first one. Each process has its own row,
 * because on a cluster two nodes that write the same row lose one of the transactions.
 */
@Entity('login_refusal_counts')
export class LoginRefusalCount {
  @IdColumn({ primary: true })
  windowId: string;

  @IdColumn({ primary: true })
  processId: string;

  @IntegerColumn()
  refused: number;

  @InstantColumn()
  lastAt: Date;

  /** Address of the attempts; null when there are several. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;
}
