import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountController } from './accounts/account.controller';
import { AccountsRepository } from './accounts/accounts.repository';
import { AccountService } from './accounts/account.service';
import { AccountSetup } from './setup/account-setup';
import { PrivilegesController } from './roles/privileges.controller';
import { RolesController } from './roles/roles.controller';
import { RolesRepository } from './members/roles.repository';
import { RolesService } from './roles/roles.service';
import { AccessBounds } from './members/access-bounds';
import { PrivilegeGuard } from './guard/privilege.guard';
import { RouteRules } from './guard/route-rules';
import { FullAccess } from './setup/full-access';
import { Passwords } from './members/password';
import { MembersRepository } from './members/members.repository';
import { UsersController } from './users/users.controller';
import { UsersRepository } from './members/users.repository';
import { UsersService } from './users/users.service';

/** "Manage user access": accounts, users, roles and privileges, and the rules about them. */
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
