import { Entity, Index } from 'typeorm';
import type { ActivityType } from '../../audit/catalogue/activity-type';
import { IdColumn, InstantColumn, IntegerColumn, TextColumn } from '../../database/columns';

/**
 * A quarter of an hour in which attempts with an e-mail are refused because there were too many. The first refusal is
 * recorded as an activity; those after it are counted, and a record with their number follows when the window has ended.
 */
@Entity('login_refusals')
@Index('login_refusals_by_end', ['endsAt'])
export class LoginRefusal {
  /** SHA-256 of the activity and the e-mail: there is one window of each at a time. */
  @TextColumn('hash', { name: 'refusal_key', primary: true })
  key: string;

  /** A ULID whose time is that of the first refusal; the window's counts name it. */
  @IdColumn()
  id: string;

  @InstantColumn()
  endsAt: Date;

  /** What was attempted. */
  @TextColumn('code')
  activity: ActivityType;

  /** Null when nobody has the e-mail: then no record follows. */
  @IdColumn({ nullable: true })
  accountId: string | null;

  @IdColumn({ nullable: true })
  userId: string | null;

  @TextColumn('name', { nullable: true })
  userName: string | null;

  /** Where the first refused attempt came from. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;
}

/**
 * How many attempts one process has refused in a window, besides the first. Each process counts in a row of its own:
 * on a cluster, where two nodes that write the same row lose a transaction, a flood of attempts would lose many.
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

  /** Where they came from; null when they came from several addresses. */
  @TextColumn('ipAddress', { nullable: true })
  ipAddress: string | null;
}
