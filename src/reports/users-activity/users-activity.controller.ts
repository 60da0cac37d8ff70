import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { OperationId } from '../../http/contract/answers.decorator';
import { SendsHeaders } from '../../http/contract/response-headers';
import { Fails } from '../../http/problems/fails.decorator';
import { HasLeft } from '../../http/server/client-left';
import { AnswersHead, ChecksHead } from '../../http/server/head-routes';
import type { ReportExport } from './exports/report-export';
import { findFormat, Format, Gzip, knownHeaders, requireFormat, type ReportFormat } from './report-format';
import { ExportClosingInterceptor } from './export-closing.interceptor';
import { ReportHeadersInterceptor } from './report-headers.interceptor';
import { UsersActivityQuery } from './users-activity.dto';
import { UsersActivityService } from './users-activity.service';
import { UsersActivityPage } from './users-activity.view';

/** Returns the activity type of a request: building the report, or exporting it. */
const chooseActivityType = (attempt: Attempt) =>
  (findFormat(attempt as FastifyRequest) ?? 'json') === 'json' ? ActivityType.ReportBuilt : ActivityType.ReportExported;

/** The Users activity report. */
@ApiTags('Reports')
@Controller('reports')
@RequirePrivilege(Privilege.UsersActivity)
export class UsersActivityController {
  constructor(private readonly report: UsersActivityService) {}

  /**
   * Builds the Users activity report. The response is one page with a cursor for the next page. To get the whole report
   * at once, export it as CSV, NDJSON or XLSX: those operations accept the same filter, and return the same rows in the
   * same order. For convenience, this path also exports the report, if `Accept` has the media type of an export or the
   * parameter `format` is `csv`, `ndjson` or `xlsx`. It then takes the parameters of that operation.
   */
  @Get('users-activity')
  @ApiOkResponse({ description: 'A page of the report.', type: UsersActivityPage })
  @OperationId('reports.usersActivity')
  @ApiExtension('x-exports', {
    'text/csv': 'reports.usersActivityCsv',
    'application/x-ndjson': 'reports.usersActivityNdjson',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'reports.usersActivityXlsx',
  })
  @UseInterceptors(ExportClosingInterceptor)
  @Tracked(chooseActivityType)
  @AnswersHead(knownHeaders)
  @ChecksHead(UsersActivityService, (report, query: UsersActivityQuery, request) =>
    report.check(query, requireFormat(request)),
  )
  @Fails(
    'not_with_csv',
    'not_with_json',
    'not_with_ndjson',
    'not_with_xlsx',
    'too_many_exports',
    'too_many_rows',
    'not_acceptable',
  )
  @UseInterceptors(ReportHeadersInterceptor)
  @SendsHeaders('Content-Encoding', 'Vary')
  usersActivity(
    @Query() query: UsersActivityQuery,
    @Format() format: ReportFormat,
    @Gzip() gzip: boolean,
    @HasLeft() hasLeft: () => boolean,
  ): Promise<UsersActivityPage | ReportExport> {
    return this.report.build(query, { format, gzip, hasLeft });
  }
}
