import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege, SignedIn } from '../access/guard/access-rule.decorator';
import { Privilege } from '../access/privileges/privilege';
import { ActivityType } from '../audit/catalogue/activity-type';
import type { Attempt } from '../audit/tracking/tracked-route';
import { pathParameterOf, Tracked } from '../audit/tracking/tracked.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { Creates } from '../http/contract/creates.decorator';
import { Fails } from '../http/problems/fails.decorator';
import { ActivityTypeCatalogue, ActivityTypeView } from './activity-type.view';
import { ActivityTypeParams, CreateActivityType, UpdateActivityType } from './activity-types.dto';
import { ActivityTypesService } from './activity-types.service';

/** Describes the activity type that a failed or denied attempt was about. */
const describeTypeAttempt = (attempt: Attempt) => ({ details: { code: pathParameterOf(attempt, 'code') } });

/** The activity types of an account: built-in and custom ones. */
@ApiTags('Reports')
@Controller('activity-types')
@SignedIn()
export class ActivityTypesController {
  constructor(private readonly types: ActivityTypesService) {}

  /** Lists all activity types of the account, built-in and custom. The list is not paged. */
  @Answers('All activity types of the account.')
  @Get()
  list(): Promise<ActivityTypeCatalogue> {
    return this.types.list();
  }

  /**
   * Registers a custom activity type, for records that other systems send. Reports filter and export it like the
   * built-in ones. An account can register at most 200 activity types. They cannot be deleted, because records refer to
   * them.
   */
  @Post()
  @RequirePrivilege(Privilege.AccountSettings)
  @Answers('The new activity type.')
  @Creates('code')
  @Tracked(ActivityType.ActivityTypeCreated)
  @Fails('activity_type_taken', 'activity_label_built_in', 'activity_types_full')
  create(@Body() request: CreateActivityType): Promise<ActivityTypeView> {
    return this.types.create(request);
  }

  /** Returns an activity type by its code. It can be built-in, or a custom one of the account. */
  @Answers('The activity type.')
  @Fails('activity_type_not_found')
  @Get(':code')
  get(@Param() { code }: ActivityTypeParams): Promise<ActivityTypeView> {
    return this.types.get(code);
  }

  /** Updates the label or the group of a custom activity type. Reports show the new label for existing records too. */
  @Answers('The updated activity type.')
  @Fails('activity_type_not_found', 'activity_type_built_in', 'version_outdated', 'activity_label_built_in')
  @Patch(':code')
  @RequirePrivilege(Privilege.AccountSettings)
  @Tracked(ActivityType.ActivityTypeUpdated, describeTypeAttempt)
  update(@Param() { code }: ActivityTypeParams, @Body() request: UpdateActivityType): Promise<ActivityTypeView> {
    return this.types.update(code, request);
  }
}
