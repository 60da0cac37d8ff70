import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../../access/guard/access-rule.decorator';
import { Privilege } from '../../../access/privileges/privilege';
import { ActivityType } from '../../../audit/catalogue/activity-type';
import { Tracked } from '../../../audit/tracking/tracked.decorator';
import { Answers, OperationId } from '../../../http/contract/answers.decorator';
import { Fails } from '../../../http/problems/fails.decorator';
import { HasLeft } from '../../../http/server/client-left';
import { ChecksHead } from '../../../http/server/head-routes';
import { UsersActivitySummaryQuery } from './summary.dto';
import { SummaryService } from './summary.service';
import { UsersActivitySummary } from './summary.view';

/** The summary of the Users activity report. */
@ApiTags('Reports')
@Controller('reports')
@RequirePrivilege(Privilege.UsersActivity)
export class SummaryController {
  constructor(private readonly summaries: SummaryService) {}

  /**
   * Counts the activities of the Users activity report, and sums their amounts by currency, for each group of activities. It
   * takes the same filter as the report. It covers at most 400 days and has at most 20,000 rows. Days, weeks, months and
   * hours are those of the report's time zone, and those without activities are included. With a second grouping, each of
   * them has a row for every user, activity type, group or outcome that occurs in the interval.
   */
  @Get('users-activity/summary')
  @OperationId('reports.usersActivitySummary')
  @Answers('The groups with their counts and sums.')
  @Tracked(ActivityType.ReportSummarized)
  @ChecksHead(SummaryService, (summaries, query: UsersActivitySummaryQuery) => summaries.check(query))
  @Fails('groupings_conflict', 'interval_too_long', 'too_many_groups', 'summary_too_large', 'too_many_exports')
  usersActivitySummary(
    @Query() query: UsersActivitySummaryQuery,
    @HasLeft() hasLeft: () => boolean,
  ): Promise<UsersActivitySummary> {
    return this.summaries.summarize(query, hasLeft);
  }
}
