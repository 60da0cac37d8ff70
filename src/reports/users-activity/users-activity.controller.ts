import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { OperationId } from '../../http/contract/answers.decorator';
import { SendsHeaders } from '../../http/contract/response-headers';
import { Fails } from '../../http/problems/fails.decorator';
import { AnswersHead } from '../../http/server/head-routes';
import type { ReportExport } from './exports/report-export';
import { findFormat, knownHeaders, Variant, type ReportVariant } from './report-format';
import { ReportHeadersInterceptor } from './report-headers.interceptor';
import { UsersActivityQuery } from './users-activity.dto';
import { UsersActivityService } from './users-activity.service';
import { UsersActivityPage } from './users-activity.view';

/** Returns the activity type of a request: building the report, or exporting it. */
const chooseActivityType = (attempt: Attempt) =>
  findFormat(attempt as FastifyRequest) === 'csv' ? ActivityType.ReportExported : ActivityType.ReportBuilt;

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
  @OperationId('reports.usersActivity')
  @Tracked(chooseActivityType)
  @AnswersHead(knownHeaders)
  @Fails('not_with_csv', 'too_many_exports', 'not_acceptable')
  @UseInterceptors(ReportHeadersInterceptor)
  @SendsHeaders('Content-Disposition', 'Content-Encoding', 'Vary')
  @ApiExtraModels(UsersActivityPage)
  @ApiOkResponse({
    description: 'A page of the report as JSON, or the whole report as CSV.',
    headers: {
      'Report-Time-Zone': {
        description: 'The IANA name of the time zone of the dates in a CSV.',
        schema: { type: 'string' },
      },
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
  usersActivity(
    @Query() query: UsersActivityQuery,
    @Variant() variant: ReportVariant,
  ): Promise<UsersActivityPage | ReportExport> {
    return this.report.build(query, variant);
  }
}
