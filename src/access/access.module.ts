import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountController } from './accounts/account.controller';
import { AccountService } from './accounts/account.service';
import { AccountSetup } from './accounts/account-setup';
import { PrivilegesController } from './privileges/privileges.controller';
import { RolesController } from './roles/roles.controller';
import { RolesRepository } from './roles/roles.repository';
import { RolesService } from './roles/roles.service';
import { AccessBounds } from './rules/access-bounds';
import { PrivilegeGuard } from './rules/privilege.guard';
import { RouteRules } from './rules/route-rules';
import { FullAccess } from './users/full-access';
import { Passwords } from './users/password';
import { UsersController } from './users/users.controller';
import { UsersRepository } from './users/users.repository';
import { UsersService } from './users/users.service';

/** "Manage user access": accounts, users, roles and privileges, and the rules about them. */
@Module({
  imports: [DiscoveryModule],
  controllers: [AccountController, PrivilegesController, RolesController, UsersController],
  providers: [
    AccessBounds,
    AccountService,
    AccountSetup,
    FullAccess,
    Passwords,
    PrivilegeGuard,
    RolesRepository,
    RolesService,
    RouteRules,
    UsersRepository,
    UsersService,
  ],
  exports: [AccessBounds, AccountSetup, Passwords, PrivilegeGuard, RolesRepository, UsersRepository],
})
export class AccessModule {}
