import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountController } from './account-settings/account.controller';
import { AccountService } from './account-settings/account.service';
import { AccountsRepository } from './accounts/accounts.repository';
import { PrivilegeGuard } from './guard/privilege.guard';
import { QueryGuard } from './guard/query.guard';
import { RouteRules } from './guard/route-rules';
import { AccessBounds } from './members/access-bounds';
import { MembersRepository } from './members/members.repository';
import { Passwords } from './members/password';
import { RolesRepository } from './members/roles.repository';
import { UsersRepository } from './members/users.repository';
import { PrivilegesController } from './roles/privileges.controller';
import { RolesController } from './roles/roles.controller';
import { RolesService } from './roles/roles.service';
import { AccountSetup } from './setup/account-setup';
import { FullAccess } from './setup/full-access';
import { UsersController } from './users/users.controller';
import { UsersService } from './users/users.service';

/** "Manage user access": accounts, users, roles and privileges, and the rules that protect them. */
@Module({
  imports: [DiscoveryModule],
  controllers: [AccountController, PrivilegesController, RolesController, UsersController],
  providers: [
    AccessBounds,
    AccountService,
    AccountSetup,
    AccountsRepository,
    FullAccess,
    MembersRepository,
    Passwords,
    PrivilegeGuard,
    QueryGuard,
    RolesRepository,
    RolesService,
    RouteRules,
    UsersRepository,
    UsersService,
  ],
  exports: [
    AccessBounds,
    AccountSetup,
    AccountsRepository,
    MembersRepository,
    Passwords,
    PrivilegeGuard,
    RolesRepository,
    UsersRepository,
  ],
})
export class AccessModule {}
