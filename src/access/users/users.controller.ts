import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityType } from '../../audit/activity-type';
import { attemptedParameter, Tracked, TracksPage, type Attempt } from '../../audit/tracked.decorator';
import { ApiConflict } from '../../common/api-conflict.decorator';
import { PageQuery } from '../../common/page.dto';
import { Privilege } from '../privileges/privilege';
import { RequirePrivilege } from '../rules/access-rule.decorator';
import { CreateUser, UpdateUser, UserPage, UserParams, UserView } from './users.dto';
import { UsersService } from './users.service';

/** What a failed or denied attempt says of the user that it was about. */
const attemptedUser = (attempt: Attempt) => ({ details: { userId: attemptedParameter(attempt, 'id') } });

/** The users of the account, and the roles that they have. */
@ApiTags('Manage user access')
@Controller('users')
@RequirePrivilege(Privilege.ManageUserAccess)
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Lists the account's users, oldest first. Whoever builds the Users activity report may choose from it too. */
  @Get()
  @TracksPage('Users')
  @RequirePrivilege(Privilege.ManageUserAccess, Privilege.UsersActivity)
  list(@Query() query: PageQuery): Promise<UserPage> {
    return this.users.list(query);
  }

  /** Shows one user. */
  @Get(':id')
  @TracksPage('User')
  get(@Param() { id }: UserParams): Promise<UserView> {
    return this.users.get(id);
  }

  /** Makes a user. No one can give a role with a privilege that they don't hold themselves. */
  @Post()
  @Tracked(ActivityType.UserCreated)
  @ApiConflict('email_taken')
  create(@Body() request: CreateUser): Promise<UserView> {
    return this.users.create(request);
  }

  /** Changes a user, or disables it. It takes effect on the user's next request. */
  @Patch(':id')
  @Tracked(ActivityType.UserUpdated, attemptedUser)
  @ApiConflict('version_outdated', 'email_taken', 'last_access_manager', 'privilege_would_be_lost')
  update(@Param() { id }: UserParams, @Body() request: UpdateUser): Promise<UserView> {
    return this.users.update(id, request);
  }
}
