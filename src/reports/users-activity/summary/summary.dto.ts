import { ApiProperty, getSchemaPath, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { FILTER_PROBLEMS, UsersActivityFilter } from '../../../activities/filter/activity-filter.dto';
import { Fails } from '../../../http/problems/fails.decorator';
import { Repeatable } from '../../../http/validation/dto-fields';
import { GROUPINGS, type Grouping } from '../counting/grouping';

/** The most groupings of a summary. */
const MAX_GROUPINGS = 2;

/** The filter of the report without its order, and how to group the activities. */
@Fails(...FILTER_PROBLEMS)
export class UsersActivitySummaryQuery extends OmitType(UsersActivityFilter, ['order']) {
  /**
   * What the activities are grouped by: one or two of `day`, `week`, `month`, `hourOfDay`, `user`, `activity`, `group` and
   * `outcome`. Repeat the parameter for two. Only one of them can be `day`, `week` or `month`.
   * @example ["day", "outcome"]
   */
  @ApiProperty({
    type: 'array',
    items: { $ref: getSchemaPath('Grouping') },
    minItems: 1,
    maxItems: MAX_GROUPINGS,
  })
  @Repeatable()
  @IsArray()
  @ArrayMaxSize(MAX_GROUPINGS)
  @ArrayUnique()
  @IsIn(GROUPINGS, { each: true, context: { code: 'grouping_unknown' } })
  groupBy: Grouping[];
}
