import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { Omittable } from '../../http/validation/dto-fields';
import { FILTER_PROBLEMS, UsersActivityFilter } from './activity-filter.dto';

/** The format of the report. */
class FormatQuery {
  /**
   * The format of the response: `json` or `csv`. It takes precedence over the `Accept` header. If neither is set, the
   * format is JSON.
   */
  @ApiPropertyOptional({ enum: ['json', 'csv'] })
  @Omittable()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';

  /**
   * Whether the CSV begins with a byte order mark, which Excel needs to recognize UTF-8.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  bom?: boolean;
}

/** The filter and the format of the report, and the page to return. */
@Fails(...FILTER_PROBLEMS, 'cursor_invalid', 'cursor_of_another_filter')
export class UsersActivityQuery extends IntersectionType(UsersActivityFilter, FormatQuery, PageQuery) {}
