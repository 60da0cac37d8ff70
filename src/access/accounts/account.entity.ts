import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Ten years, give or take a leap day. */
export const DEFAULT_RETENTION_DAYS = 3650;

/** A merchant. Everything belongs to one account, and no account sees another's. */
@Entity('accounts')
export class Account {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @Column({ name: 'name', type: 'varchar', length: 200 })
  name: string;

  /** IANA name of the zone that reports show their times in. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64 })
  timeZone: string;

  /** How many days back records of other systems may lie. */
  @Column({ name: 'retention_days', type: 'int', default: DEFAULT_RETENTION_DAYS })
  retentionDays: number;

  /** Counts the changes. */
  @Column({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @Column({ name: 'lock_count', type: 'int', default: 0, select: false })
  lockCount?: number;
}
