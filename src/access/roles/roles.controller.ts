import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
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
import { RolePage, RoleView } from './role.view';
import { CreateRole, RoleParams, UpdateRole } from './roles.dto';
import { RolesService } from './roles.service';

/** Describes the role that a failed or denied attempt was about. */
const describeRoleAttempt = (attempt: Attempt) => ({ details: { roleId: pathParameterOf(attempt, 'id') } });

/** Roles: named sets of privileges that are given to users. */
@ApiTags('Manage user access')
@Controller('roles')
@RequirePrivilege(Privilege.ManageUserAccess)
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  /** Lists the account's roles, oldest first. Each role includes its privileges. */
  @Answers('A page of roles.')
  @Get()
  @TracksPage('Roles')
  list(@Query() query: PageQuery): Promise<RolePage> {
    return this.roles.list(query);
  }

  /** Returns a role. The response includes its privileges and its version, which you need for an update. */
  @Answers('The role with its privileges.')
  @Fails('role_not_found')
  @Get(':id')
  @TracksPage('Role')
  get(@Param() { id }: RoleParams): Promise<RoleView> {
    return this.roles.get(id);
  }

  /** Creates a role. You can only include privileges that you hold yourself. */
  @Post()
  @PeopleOnly()
  @Answers('The new role.')
  @Creates('id')
  @Tracked(ActivityType.RoleCreated)
  @Fails('privilege_not_held', 'role_name_taken')
  create(@Body() request: CreateRole): Promise<RoleView> {
    return this.roles.create(request);
  }

  /**
   * Updates a role. The change applies to the next request of every user who has the role. You must hold every
   * privilege that the role has and every privilege that you add.
   */
  @Patch(':id')
  @PeopleOnly()
  @Answers('The updated role.')
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
  @Answers('The role was deleted.')
  @Tracked(ActivityType.RoleDeleted, describeRoleAttempt)
  @Fails('role_not_found', 'privilege_not_held', 'role_in_use')
  delete(@Param() { id }: RoleParams): Promise<void> {
    return this.roles.delete(id);
  }
}
