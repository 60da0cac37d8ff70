import { Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntegerColumn,
  LockCountColumn,
  RowVersionColumn,
  TextColumn,
} from '../../database/columns';

/** Ten years, give or take a leap day. */
export const DEFAULT_RETENTION_DAYS = 3650;

/** A merchant. Everything belongs to one account, and no account sees another's. */
@Entity('accounts')
export class Account {
  @IdColumn({ primary: true })
  id: string;

  @TextColumn('name')
  name: string;

  /** IANA name of the zone that reports show their times in. */
  @TextColumn('timeZone')
  timeZone: string;

  /** How many days back records of other systems may lie. */
  @IntegerColumn({ default: DEFAULT_RETENTION_DAYS })
  retentionDays: number;

  /** Counts the changes. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @LockCountColumn()
  lockCount?: number;
}
