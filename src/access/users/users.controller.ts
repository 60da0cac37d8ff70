import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { attemptedParameter, Tracked, TracksPage, type Attempt } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { PeopleOnly, RequirePrivilege } from '../guard/access-rule.decorator';
import { Privilege } from '../privileges/privilege';
import { QueuedInvitation, UserPage, UserView } from './user.view';
import { CreateUser, UpdateUser, UserParams } from './users.dto';
import { UsersService } from './users.service';

/** What a failed or denied attempt says of the user that it was about. */
const describeUserAttempt = (attempt: Attempt) => ({ details: { userId: attemptedParameter(attempt, 'id') } });

/** The users of the account, and the roles that they have. */
@ApiTags('Manage user access')
@Controller('users')
@RequirePrivilege(Privilege.ManageUserAccess)
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** Lists the account's users, oldest first. Whoever builds the Users activity report may choose from it too. */
  @Get()
  @Answers('A page of users.')
  @TracksPage('Users')
  @RequirePrivilege(Privilege.ManageUserAccess, Privilege.UsersActivity)
  list(@Query() query: PageQuery): Promise<UserPage> {
    return this.users.list(query);
  }

  /** Shows one user. A disabled user is shown too, because records name them. */
  @Answers('The user with the ids of its roles.')
  @Fails('user_not_found')
  @Get(':id')
  @TracksPage('User')
  get(@Param() { id }: UserParams): Promise<UserView> {
    return this.users.get(id);
  }

  /**
   * Makes a user. With a password, the user must change it after the first login; without one, the user gets a mail with a
   * link to choose one. No one can give a role with a privilege that they don't hold themselves.
   */
  @Post()
  @PeopleOnly()
  @Answers('The new user.')
  @Tracked(ActivityType.UserCreated)
  @Fails('role_not_found', 'privilege_not_held', 'email_taken')
  create(@Body() request: CreateUser): Promise<UserView> {
    return this.users.create(request);
  }

  /**
   * Changes a user, or disables it. It takes effect on the user's next request. To change the status, the roles or the e-mail you
   * must hold every privilege that the user has, and every one that the user gets.
   */
  @Patch(':id')
  @PeopleOnly()
  @Answers('The user as it is now.')
  @Tracked(ActivityType.UserUpdated, describeUserAttempt)
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
   * Sends a user a mail with a link to choose a password, which works once; the links before it no longer do. It is also
   * the way to a new password for whoever forgot theirs: the old one works until the link is used. You must hold every
   * privilege of the user yourself.
   */
  @Post(':id/invitation')
  @PeopleOnly()
  @HttpCode(HttpStatus.ACCEPTED)
  @Answers('The invitation is queued, and goes out soon after.')
  @Tracked(ActivityType.UserInvited, describeUserAttempt)
  @Fails('user_not_found', 'privilege_not_held', 'user_disabled')
  invite(@Param() { id }: UserParams): Promise<QueuedInvitation> {
    return this.users.invite(id);
  }
}
