import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { AuthController } from './login/auth.controller';
import { AuthService } from './login/auth.service';
import { InvitationAcceptance } from './passwords/invitation-acceptance';
import { InvitationsController } from './passwords/invitations.controller';
import { InvitationsModule } from './invitations/invitations.module';
import { LoginModule } from './login/login.module';
import { OwnPasswordController } from './passwords/own-password.controller';
import { OwnPasswordService } from './passwords/own-password.service';
import { PasswordChoice } from './passwords/password-choice';
import { RequestGuard } from './guard/request.guard';
import { SessionAuthentication } from './sessions/session-authentication';
import { ExpiredSessionsJob } from './sessions/expired-sessions.job';
import { OwnSessionsController } from './sessions/own-sessions.controller';
import { OwnSessionsService } from './sessions/own-sessions.service';
import { SessionsRepository } from './sessions/sessions.repository';

/** Login, logout, and what users see and change of their own access. */
@Module({
  imports: [AccessModule, ApiKeysModule, InvitationsModule, LoginModule],
  controllers: [AuthController, InvitationsController, OwnPasswordController, OwnSessionsController],
  providers: [
    AuthService,
    ExpiredSessionsJob,
    InvitationAcceptance,
    OwnPasswordService,
    OwnSessionsService,
    PasswordChoice,
    RequestGuard,
    SessionAuthentication,
    SessionsRepository,
  ],
  exports: [ApiKeysModule, RequestGuard, SessionAuthentication, SessionsRepository],
})
export class AuthModule {}
