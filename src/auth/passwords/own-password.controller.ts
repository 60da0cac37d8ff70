import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OwnAccess } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { ChangePassword } from './own-password.dto';
import { OwnPasswordService } from './own-password.service';

/** One's own password. */
@ApiTags('Authentication')
@Controller('auth/password')
@OwnAccess()
export class OwnPasswordController {
  constructor(private readonly passwords: OwnPasswordService) {}

  /**
   * Changes your password. The session that you do it in goes on, all your others end, and so does an invitation that you
   * have not used. Your API keys go on working, unless `revokeApiKeys` is true: then they are refused from now on, and each
   * is recorded as revoked. Wrong current passwords count as failed logins do.
   */
  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Answers('The password is changed.')
  @Fails('password_wrong', 'password_unchanged', 'too_many_attempts')
  @Tracked(ActivityType.PasswordChanged)
  change(@Body() request: ChangePassword): Promise<void> {
    return this.passwords.change(request);
  }
}
