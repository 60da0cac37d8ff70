import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiNotAcceptableResponse, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, type Attempt } from '../../audit/tracking/tracked.decorator';
import { ApiNotFound } from '../../http/contract/api-refusals.decorator';
import type { CsvExport } from './csv-export';
import { AnswerFormat, formatOf, type ReportFormat } from './report-format';
import { ReportHeadersInterceptor } from './report-headers.interceptor';
import { UsersActivityQuery } from './users-activity.dto';
import { UsersActivityService } from './users-activity.service';
import { UsersActivityPage } from './users-activity.view';

const reportActivity = (attempt: Attempt) =>
  formatOf(attempt as FastifyRequest) === 'csv' ? ActivityType.ReportExported : ActivityType.ReportBuilt;

/** The Users activity report. */
@ApiTags('Reports')
@Controller('reports')
@RequirePrivilege(Privilege.UsersActivity)
export class UsersActivityController {
  constructor(private readonly report: UsersActivityService) {}

  /**
   * Builds the Users activity report. A JSON response is one page with a cursor for the next page. A CSV response is
   * the whole report as one stream of any length. Both formats accept the same filter and return the same rows in the
   * same order.
   */
  @Get('users-activity')
  @Tracked(reportActivity)
  @UseInterceptors(ReportHeadersInterceptor)
  @ApiExtraModels(UsersActivityPage)
  @ApiOkResponse({
    description: 'A page of the report as JSON, or the whole report as CSV.',
    headers: {
      'Report-Time-Zone': { description: 'IANA time zone of the dates of a CSV.', schema: { type: 'string' } },
      Link: { description: 'The next page of a JSON report, `rel="next"`.', schema: { type: 'string' } },
    },
    content: {
      'application/json': { schema: { $ref: getSchemaPath(UsersActivityPage) } },
      'text/csv': {
        schema: { type: 'string' },
        example:
          'Date,User name,Activity,Subscription reference,Order reference,Price/Amount,Currency,Billing cycles,Comment\r\n' +
          '2014-06-10 11:46:01,John Doe,Cancel order refund,ABCD123,1234567,50,USD,1,Customer request\r\n',
      },
    },
  })
  @ApiNotFound('user_not_found')
  @ApiNotAcceptableResponse({ description: 'The client accepts neither JSON nor CSV.' })
  usersActivity(
    @Query() query: UsersActivityQuery,
    @AnswerFormat() format: ReportFormat,
  ): Promise<UsersActivityPage | CsvExport> {
    return this.report.report(query, format);
  }
}
