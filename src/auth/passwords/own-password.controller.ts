import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OwnAccess } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { ChangePassword } from './own-password.dto';
import { OwnPasswordService } from './own-password.service';

/** Your own password. */
@ApiTags('Authentication')
@Controller('auth/password')
@OwnAccess()
export class OwnPasswordController {
  constructor(private readonly passwords: OwnPasswordService) {}

  /**
   * Changes your password. Your current session stays open, and all your other sessions end. An open invitation to
   * choose a password becomes invalid. Your API keys keep working unless `revokeApiKeys` is true; then each of them is
   * revoked, and each revocation is recorded. A wrong current password counts as a failed login.
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
