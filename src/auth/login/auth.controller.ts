import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Identified, OwnAccess, Public } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
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
   * Logs in. The answer's token goes into the Authorization header of every other request. A user has at most 50 open
   * sessions: the oldest one ends when one more begins.
   */
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @Public()
  @Tracked(ActivityType.UserLogin)
  login(@Body() credentials: Credentials): Promise<OpenedSession> {
    return this.auth.login(credentials);
  }

  /** Logs out: the token is refused from now on, everywhere. */
  @Post('logout')
  @OwnAccess()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.UserLogout)
  logout(): Promise<void> {
    return this.auth.logout();
  }

  /** Shows who is signed in, and what they may do. */
  @Get('me')
  @Identified()
  me(): Promise<CurrentUser> {
    return this.auth.me();
  }
}
