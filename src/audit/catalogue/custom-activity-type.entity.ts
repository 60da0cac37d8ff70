import { Entity } from 'typeorm';
import { InstantColumn, ReferenceColumn, RowVersionColumn, TextColumn } from '../../database/columns';
import type { CustomActivityCode } from './activity-code';

/** An activity type that an account registered in addition to the built-in ones. */
@Entity('custom_activity_types')
export class CustomActivityType {
  @ReferenceColumn('Account', { primary: true })
  accountId: string;

  /** Begins with `custom.`. */
  @TextColumn('code', { primary: true })
  code: CustomActivityCode;

  @TextColumn('label')
  label: string;

  @TextColumn('label', { name: 'group_name' })
  group: string;

  /** Number of the last change, which a request that changes the activity type must name. */
  @RowVersionColumn({ default: 1 })
  version: number;

  @InstantColumn()
  createdAt: Date;
}
