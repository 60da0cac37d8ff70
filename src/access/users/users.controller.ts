import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { pathParameterOf, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Creates } from '../../http/contract/creates.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { PeopleOnly, RequirePrivilege } from '../guard/access-rule.decorator';
import { Privilege } from '../privileges/privilege';
import { QueuedInvitation, UserPage, UserView } from './user.view';
import { CreateUser, UpdateUser, UserParams } from './users.dto';
import { UsersService } from './users.service';

/** Describes the user that a failed or denied attempt was about. */
const describeUserAttempt = (attempt: Attempt) => ({ details: { userId: pathParameterOf(attempt, 'id') } });

/** The users of the account, and their roles. */
@ApiTags('Manage user access')
@Controller('users')
@RequirePrivilege(Privilege.ManageUserAccess)
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /**
   * Lists the account's users, oldest first. The privilege `users_activity` is enough, because the report can be
   * filtered by user.
   */
  @Get()
  @Answers('A page of users.')
  @TracksPage('Users')
  @RequirePrivilege(Privilege.ManageUserAccess, Privilege.UsersActivity)
  list(@Query() query: PageQuery): Promise<UserPage> {
    return this.users.list(query);
  }

  /**
   * Returns a user. The response includes the ids of the user's roles and the version, which you need for an update.
   */
  @Answers('The user with the ids of its roles.')
  @Fails('user_not_found')
  @Get(':id')
  @TracksPage('User')
  get(@Param() { id }: UserParams): Promise<UserView> {
    return this.users.get(id);
  }

  /**
   * Creates a user. If you set a password, the user must change it after the first login. Otherwise the user receives
   * an email with a link to choose one. You can only give roles whose privileges you hold yourself.
   */
  @Post()
  @PeopleOnly()
  @Answers('The new user.')
  @Creates('id')
  @Tracked(ActivityType.UserCreated)
  @Fails('role_not_found', 'privilege_not_held', 'email_taken')
  create(@Body() request: CreateUser): Promise<UserView> {
    return this.users.create(request);
  }

  /**
   * Updates or disables a user. The change applies to the user's next request. To change the status, the roles or the
   * email address, you must hold every privilege that the user has and every privilege that you add.
   */
  @Patch(':id')
  @PeopleOnly()
  @Answers('The updated user.')
  @Tracked(ActivityType.UserUpdated, describeUserAttempt, { alternatives: [ActivityType.UserDisabled] })
  @Fails(
    'user_not_found',
    'role_not_found',
    'privilege_not_held',
    'version_outdated',
    'email_taken',
    'last_access_manager',
    'privilege_would_be_lost',
  )
  update(@Param() { id }: UserParams, @Body() request: UpdateUser): Promise<UserView> {
    return this.users.update(id, request);
  }

  /**
   * Sends a user an email with a link to choose a new password. The link works once, and earlier links stop working.
   * Use it also for a user who has forgotten the password: the old password works until the user chooses a new one. You
   * must hold every privilege that the user has.
   */
  @Post(':id/invitation')
  @PeopleOnly()
  @HttpCode(HttpStatus.ACCEPTED)
  @Answers('The invitation is queued, and is sent shortly afterwards.')
  @Tracked(ActivityType.UserInvited, describeUserAttempt)
  @Fails('user_not_found', 'privilege_not_held', 'user_disabled')
  invite(@Param() { id }: UserParams): Promise<QueuedInvitation> {
    return this.users.invite(id);
  }
}
