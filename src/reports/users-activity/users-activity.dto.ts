import { ApiHideProperty, ApiPropertyOptional, getSchemaPath, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { FILTER_PROBLEMS, UsersActivityFilter } from '../../activities/filter/activity-filter.dto';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { Omittable } from '../../http/validation/dto-fields';
import { AreColumns } from './columns-parameter';
import { COLUMN_NAMES, type ColumnName } from './formats/report-columns';
import { REPORT_FORMATS, type ReportFormat } from './report-format';

/** How a list in one parameter is declared. The types of Nest's decorators do not know it. */
const COMMA_SEPARATED: object = { style: 'form', explode: false };

/** The columns of an export. */
class ColumnsQuery {
  /**
   * The columns to export, in this order: their names, separated by commas. `all` exports every column, which is what a
   * program should load. If you leave it out, the columns are the first nine: `date` to `comment`.
   * @example ["occurredAt", "userName", "activityCode", "orderReference", "amount", "currency"]
   */
  @ApiPropertyOptional({
    ...COMMA_SEPARATED,
    type: 'array',
    items: { $ref: getSchemaPath('ReportColumn') },
    minItems: 1,
    maxItems: COLUMN_NAMES.length,
  })
  @Omittable()
  @AreColumns()
  columns?: ColumnName[];
}

/** The byte order mark of a CSV. */
class ByteOrderMarkQuery {
  /**
   * Whether the CSV begins with a byte order mark, which Excel needs to recognize UTF-8.
   * @example false
   */
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  bom?: boolean;
}

/** The format of the report, where the path does not name it. The contract has an operation for each format instead. */
class FormatQuery {
  /** Takes precedence over the `Accept` header. If neither is set, the format is JSON. */
  @ApiHideProperty()
  @Omittable()
  @IsIn(REPORT_FORMATS)
  format?: ReportFormat;

  @ApiHideProperty()
  @Omittable()
  @AreColumns()
  columns?: ColumnName[];

  @ApiHideProperty()
  @Omittable()
  @Transform(({ value }: { value: unknown }) => ({ true: true, false: false })[String(value)] ?? value)
  @IsBoolean()
  bom?: boolean;
}

/** The filter of the report, and the page to return. */
@Fails(...FILTER_PROBLEMS, 'cursor_invalid', 'cursor_of_another_filter')
export class UsersActivityQuery extends IntersectionType(UsersActivityFilter, FormatQuery, PageQuery) {}

/** The filter of the report, and how its CSV is written. */
@Fails(...FILTER_PROBLEMS)
export class UsersActivityCsvQuery extends IntersectionType(UsersActivityFilter, ColumnsQuery, ByteOrderMarkQuery) {}

/** The filter of the report, and the columns of its XLSX file. */
@Fails(...FILTER_PROBLEMS)
export class UsersActivityXlsxQuery extends IntersectionType(UsersActivityFilter, ColumnsQuery) {}
