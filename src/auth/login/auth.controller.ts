import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Identified, OwnAccess, Public } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails, UnavailableFor } from '../../http/problems/fails.decorator';
import { CurrentUser } from '../sessions/current-user.view';
import { Credentials } from './auth.dto';
import { AuthService } from './auth.service';
import { OpenedSession } from './auth.view';

/** Logging in and out. */
@ApiTags('Authentication')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  /**
   * Logs in with an email address and a password. Send the token from the response in the `Authorization` header of
   * every other request. A user has at most 50 open sessions: a new login ends the oldest one.
   */
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @Public()
  @Answers('The new session, with its token.')
  @Fails('credentials_invalid', 'too_many_attempts')
  @Tracked(ActivityType.UserLogin)
  login(@Body() credentials: Credentials): Promise<OpenedSession> {
    return this.auth.login(credentials);
  }

  /** Logs out and ends the current session. The service refuses its token from the next request on. */
  @Answers('The session has ended.')
  @Post('logout')
  @OwnAccess()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.UserLogout)
  logout(): Promise<void> {
    return this.auth.logout();
  }

  /**
   * Returns the signed-in user, with the user's privileges and account. With an API key, it returns the API key
   * instead.
   */
  @Answers('The signed-in user, or the API key.')
  @Get('me')
  @UnavailableFor('database_busy', 'database_unavailable', 'not_ready', 'too_many_connections')
  @Identified()
  me(): CurrentUser {
    return this.auth.me();
  }
}
