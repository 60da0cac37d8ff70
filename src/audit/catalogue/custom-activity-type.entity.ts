import { Entity } from 'typeorm';
import { InstantColumn, ReferenceColumn, TextColumn } from '../../database/columns';
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

  @InstantColumn()
  createdAt: Date;
}
