import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { attemptedParameter, Tracked, TracksPage, type Attempt } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { PeopleOnly, RequirePrivilege } from '../guard/access-rule.decorator';
import { Privilege } from '../privileges/privilege';
import { RolePage, RoleView } from './role.view';
import { CreateRole, RoleParams, UpdateRole } from './roles.dto';
import { RolesService } from './roles.service';

/** What a failed or denied attempt says of the role that it was about. */
const describeRoleAttempt = (attempt: Attempt) => ({ details: { roleId: attemptedParameter(attempt, 'id') } });

/** Roles: named sets of privileges, given to users. */
@ApiTags('Manage user access')
@Controller('roles')
@RequirePrivilege(Privilege.ManageUserAccess)
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  /** Lists the account's roles, oldest first. Each comes with its privileges. */
  @Answers('A page of roles.')
  @Get()
  @TracksPage('Roles')
  list(@Query() query: PageQuery): Promise<RolePage> {
    return this.roles.list(query);
  }

  /** Shows one role. Its `version` is needed to change it. */
  @Answers('The role with its privileges.')
  @Fails('role_not_found')
  @Get(':id')
  @TracksPage('Role')
  get(@Param() { id }: RoleParams): Promise<RoleView> {
    return this.roles.get(id);
  }

  /** Makes a role. No one can put a privilege into it that they don't hold themselves. */
  @Post()
  @PeopleOnly()
  @Answers('The new role.')
  @Tracked(ActivityType.RoleCreated)
  @Fails('privilege_not_held', 'role_name_taken')
  create(@Body() request: CreateRole): Promise<RoleView> {
    return this.roles.create(request);
  }

  /**
   * Changes a role. It takes effect on the next request of every user who has it. You must hold every privilege that the role
   * has, and every one that you add.
   */
  @Patch(':id')
  @PeopleOnly()
  @Answers('The role as it is now.')
  @Tracked(ActivityType.RoleUpdated, describeRoleAttempt)
  @Fails(
    'role_not_found',
    'privilege_not_held',
    'version_outdated',
    'role_name_taken',
    'last_access_manager',
    'privilege_would_be_lost',
  )
  update(@Param() { id }: RoleParams, @Body() request: UpdateRole): Promise<RoleView> {
    return this.roles.update(id, request);
  }

  /** Deletes a role that no user has. You must hold every privilege that the role has. */
  @Delete(':id')
  @PeopleOnly()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Answers('The role is deleted.')
  @Tracked(ActivityType.RoleDeleted, describeRoleAttempt)
  @Fails('role_not_found', 'privilege_not_held', 'role_in_use')
  delete(@Param() { id }: RoleParams): Promise<void> {
    return this.roles.delete(id);
  }
}
