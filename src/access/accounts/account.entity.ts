import { Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  IntegerColumn,
  LockCountColumn,
  RowVersionColumn,
  TextColumn,
} from '../../database/columns';

/** Retention period of a new account, in days: about ten years. */
export const DEFAULT_RETENTION_DAYS = 3650;

/** The account of a merchant. Every other row belongs to one account, and no account sees the rows of another. */
@Entity('accounts')
export class Account {
  @IdColumn({ primary: true })
  id: string;

  @TextColumn('name')
  name: string;

  /** IANA time zone of the dates in reports and lists. */
  @TextColumn('timeZone')
  timeZone: string;

  /** Retention period: how many days back a record from another system can lie. */
  @IntegerColumn({ default: DEFAULT_RETENTION_DAYS })
  retentionDays: number;

  /** Number of the last change, which a request that changes the account must name. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  /** Counts how often the row was locked with `lockRow`. */
  @LockCountColumn()
  lockCount?: number;
}
