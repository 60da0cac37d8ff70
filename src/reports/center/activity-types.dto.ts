import { ApiProperty } from '@nestjs/swagger';
import { ACTIVITY_COLUMNS, ACTIVITY_TYPES, type ActivityColumn, type ActivityType } from '../../audit/activity-type';

/** A kind of activity that is tracked. */
export class ActivityTypeView {
  /**
   * Stable code, to filter by.
   * @example "refund.canceled"
   */
  @ApiProperty({ enum: ACTIVITY_TYPES, enumName: 'ActivityType' })
  code: ActivityType;

  /**
   * What the report calls it.
   * @example "Cancel order refund"
   */
  label: string;

  /**
   * The group that it is shown in.
   * @example "Orders"
   */
  group: string;

  /**
   * The columns that a successful activity of this kind always fills; it may fill others too.
   * @example ["orderReference", "amount", "currency"]
   */
  @ApiProperty({ enum: ACTIVITY_COLUMNS, enumName: 'ActivityColumn', isArray: true })
  columns: ActivityColumn[];
}

/** Every kind of activity that is tracked. */
export class ActivityTypeCatalogue {
  /** The kinds, group by group. */
  data: ActivityTypeView[];
}
