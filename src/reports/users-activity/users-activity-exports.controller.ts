import { applyDecorators, Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { UsersActivityFilter } from '../../activities/filter/activity-filter.dto';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers, OperationId } from '../../http/contract/answers.decorator';
import { SendsHeaders } from '../../http/contract/response-headers';
import { Fails } from '../../http/problems/fails.decorator';
import { HasLeft } from '../../http/server/client-left';
import { AnswersHead, ChecksHead } from '../../http/server/head-routes';
import type { ReportExport } from './exports/report-export';
import { EXPORT_TYPES, type ExportFormat } from './formats/export-format';
import { exportHeaders, Gzip } from './report-format';
import { ExportClosingInterceptor } from './export-closing.interceptor';
import { ReportHeadersInterceptor } from './report-headers.interceptor';
import { UsersActivityCsvQuery, UsersActivityXlsxQuery } from './users-activity.dto';
import { UsersActivityService } from './users-activity.service';

/** What the exports have in common. */
function Exports(format: ExportFormat, example: string | undefined): MethodDecorator {
  const [mediaType] = EXPORT_TYPES[format].split(';') as [string];
  const schema = { type: 'string', ...(example === undefined && { format: 'binary' }) };
  return applyDecorators(
    UseInterceptors(ReportHeadersInterceptor),
    Tracked(ActivityType.ReportExported),
    UseInterceptors(ExportClosingInterceptor),
    AnswersHead(exportHeaders(format)),
    ChecksHead(UsersActivityService, (report, query: UsersActivityFilter) => report.check(query, format)),
    SendsHeaders('Content-Disposition', 'Report-Time-Zone'),
    ApiOkResponse({ content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } }),
  );
}

/** The Users activity report as a file with all rows. */
@ApiTags('Reports')
@Controller('reports')
@RequirePrivilege(Privilege.UsersActivity)
export class UsersActivityExportsController {
  constructor(private readonly report: UsersActivityService) {}

  /**
   * Exports the Users activity report as CSV. The response is the whole report as one stream of any length. If it fails
   * midway, the connection is reset, so that a part of the report cannot be taken for all of it.
   */
  @Get('users-activity.csv')
  @Answers('All rows of the report, with a line of headings.')
  @OperationId('reports.usersActivityCsv')
  @Exports(
    'csv',
    'Date,User name,Activity,Subscription reference,Order reference,Price/Amount,Currency,Billing cycles,Comment\r\n' +
      '2014-06-10 11:46:01,John Doe,Cancel order refund,ABCD123,1234567,50,USD,1,Customer request\r\n',
  )
  @SendsHeaders('Content-Encoding', 'Vary')
  @Fails('too_many_exports')
  csv(
    @Query() query: UsersActivityCsvQuery,
    @Gzip() gzip: boolean,
    @HasLeft() hasLeft: () => boolean,
  ): Promise<ReportExport> {
    return this.report.export(query, { format: 'csv', gzip, hasLeft });
  }

  /**
   * Exports the Users activity report as NDJSON. Each line is one row, exactly as in `data` of the JSON report. If the
   * export fails midway, the connection is reset.
   */
  @Get('users-activity.ndjson')
  @Answers('All rows of the report, one JSON object on each line.')
  @OperationId('reports.usersActivityNdjson')
  @Exports('ndjson', '{"id":"00J9B2F5VM8M4X2Q7T1N9B7C5D","occurredAt":"2014-06-10T11:46:01.000+03:00"}\n')
  @SendsHeaders('Content-Encoding', 'Vary')
  @Fails('too_many_exports')
  ndjson(
    @Query() query: UsersActivityFilter,
    @Gzip() gzip: boolean,
    @HasLeft() hasLeft: () => boolean,
  ): Promise<ReportExport> {
    return this.report.export(query, { format: 'ndjson', gzip, hasLeft });
  }

  /**
   * Exports the Users activity report as an XLSX file. Times and amounts are real times and numbers. A sheet of Excel
   * has at most 1,048,575 rows and a heading: a longer report is refused before the first byte.
   */
  @Get('users-activity.xlsx')
  @Answers('A workbook with one sheet, which has all rows of the report.')
  @OperationId('reports.usersActivityXlsx')
  @Exports('xlsx', undefined)
  @Fails('too_many_exports', 'too_many_rows')
  xlsx(@Query() query: UsersActivityXlsxQuery, @HasLeft() hasLeft: () => boolean): Promise<ReportExport> {
    return this.report.export(query, { format: 'xlsx', gzip: false, hasLeft });
  }
}
