import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ActivityType } from '../../audit/catalogue/activity-type';

/**
 * A quarter of an hour in which attempts with an e-mail are refused because there were too many. The first refusal is
 * recorded as an activity; those after it are counted, and a record with their number follows when the window has ended.
 */
@Entity('login_refusals')
@Index('login_refusals_by_end', ['endsAt'])
export class LoginRefusal {
  /** SHA-256 of the activity and the e-mail: there is one window of each at a time. */
  @PrimaryColumn({ name: 'refusal_key', type: 'varchar', length: 64 })
  key: string;

  /** A ULID whose time is that of the first refusal; the window's counts name it. */
  @Column({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @Column({ name: 'ends_at', type: 'datetime' })
  endsAt: Date;

  /** What was attempted. */
  @Column({ name: 'activity', type: 'varchar', length: 64 })
  activity: ActivityType;

  /** Null when nobody has the e-mail: then no record follows. */
  @Column({ name: 'account_id', type: 'varchar', length: 26, nullable: true })
  accountId: string | null;

  @Column({ name: 'user_id', type: 'varchar', length: 26, nullable: true })
  userId: string | null;

  @Column({ name: 'user_name', type: 'varchar', length: 200, nullable: true })
  userName: string | null;

  /** Where the first refused attempt came from. */
  @Column({ name: 'ip_address', type: 'varchar', length: 45, nullable: true })
  ipAddress: string | null;
}

/**
 * How many attempts one process has refused in a window, besides the first. Each process counts in a row of its own:
 * on a cluster, where two nodes that write the same row lose a transaction, a flood of attempts would lose many.
 */
@Entity('login_refusal_counts')
export class LoginRefusalCount {
  @PrimaryColumn({ name: 'window_id', type: 'varchar', length: 26 })
  windowId: string;

  @PrimaryColumn({ name: 'process_id', type: 'varchar', length: 26 })
  processId: string;

  @Column({ name: 'refused', type: 'int' })
  refused: number;

  @Column({ name: 'last_at', type: 'datetime' })
  lastAt: Date;

  /** Where they came from; null when they came from several addresses. */
  @Column({ name: 'ip_address', type: 'varchar', length: 45, nullable: true })
  ipAddress: string | null;
}
