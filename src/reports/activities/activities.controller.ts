import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { pathParameterOf, Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers, OperationId } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { ActivityParams, ActivityQuery } from './activities.dto';
import { RecordedActivitiesService } from './activities.service';
import { RecordedActivity } from './activity.view';

/** Describes which record a request asks for. */
const describeView = (attempt: Attempt) => ({ details: { activityId: pathParameterOf(attempt, 'id') } });

/** The recorded activities of the account. */
@ApiTags('Reports')
@Controller('activities')
@RequirePrivilege(Privilege.UsersActivity, Privilege.ActivityFeed)
export class RecordedActivitiesController {
  constructor(private readonly activities: RecordedActivitiesService) {}

  /** Returns one recorded activity. The response has the fields of a row of the Users activity report. */
  @Answers('The recorded activity.')
  @Fails('activity_not_found')
  @Get(':id')
  @OperationId('activities.get')
  @Tracked(ActivityType.ActivityViewed, describeView)
  get(@Param() { id }: ActivityParams, @Query() query: ActivityQuery): Promise<RecordedActivity> {
    return this.activities.get(id, query);
  }
}
