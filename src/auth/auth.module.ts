import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { AccessWatch } from './guard/access-watch';
import { RequestGuard } from './guard/request.guard';
import { InvitationsModule } from './invitations/invitations.module';
import { AuthController } from './login/auth.controller';
import { AuthService } from './login/auth.service';
import { LoginModule } from './login/login.module';
import { InvitationAcceptance } from './passwords/invitation-acceptance';
import { InvitationsController } from './passwords/invitations.controller';
import { OwnPasswordController } from './passwords/own-password.controller';
import { OwnPasswordService } from './passwords/own-password.service';
import { PasswordSetter } from './passwords/password-setter';
import { SessionsModule } from './sessions/sessions.module';

/** Login and logout, API keys, invitations, and the users' own sessions and passwords. */
@Module({
  imports: [AccessModule, ApiKeysModule, InvitationsModule, LoginModule, SessionsModule],
  controllers: [AuthController, InvitationsController, OwnPasswordController],
  providers: [AccessWatch, AuthService, InvitationAcceptance, OwnPasswordService, PasswordSetter, RequestGuard],
  exports: [AccessWatch, ApiKeysModule, RequestGuard, SessionsModule],
})
export class AuthModule {}
