import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege, SignedIn } from '../access/guard/access-rule.decorator';
import { Privilege } from '../access/privileges/privilege';
import { ActivityType } from '../audit/catalogue/activity-type';
import { attemptedParameter, Tracked, type Attempt } from '../audit/tracking/tracked.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { Fails } from '../http/problems/fails.decorator';
import { ActivityTypeCatalogue, ActivityTypeView } from './activity-type.view';
import { ActivityTypeParams, CreateActivityType, UpdateActivityType } from './activity-types.dto';
import { ActivityTypesService } from './activity-types.service';

/** What a failed or denied attempt says of the kind of activity that it was about. */
const describeTypeAttempt = (attempt: Attempt) => ({ details: { code: attemptedParameter(attempt, 'code') } });

/** The kinds of activity. */
@ApiTags('Reports')
@Controller('activity-types')
@SignedIn()
export class ActivityTypesController {
  constructor(private readonly types: ActivityTypesService) {}

  /** Lists every kind of activity that the account has, with what the report calls it. The built-in ones come first. */
  @Answers('All kinds of activity.')
  @Get()
  list(): Promise<ActivityTypeCatalogue> {
    return this.types.list();
  }

  /**
   * Registers a kind of activity of the account's own, for what other systems send. It filters and exports like the built-in
   * ones. An account has at most 200, and none is ever deleted, because records name it.
   */
  @Post()
  @RequirePrivilege(Privilege.AccountSettings)
  @Answers('The new kind of activity.')
  @Tracked(ActivityType.ActivityTypeCreated)
  @Fails('activity_type_taken', 'activity_label_built_in', 'activity_types_full')
  create(@Body() request: CreateActivityType): Promise<ActivityTypeView> {
    return this.types.create(request);
  }

  /** Changes what the report calls a kind of activity of the account's own. Rows that are there already change too. */
  @Answers('The kind of activity as it is now.')
  @Fails('activity_type_not_found', 'activity_type_built_in', 'activity_label_built_in')
  @Patch(':code')
  @RequirePrivilege(Privilege.AccountSettings)
  @Tracked(ActivityType.ActivityTypeUpdated, describeTypeAttempt)
  update(@Param() { code }: ActivityTypeParams, @Body() request: UpdateActivityType): Promise<ActivityTypeView> {
    return this.types.update(code, request);
  }
}
