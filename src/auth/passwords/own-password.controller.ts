import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { OwnAccess } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
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
  @Tracked(ActivityType.PasswordChanged)
  @ApiUnprocessableEntityResponse({
    description:
      'The current password is another: `password_wrong`; or the new one is the same: `password_unchanged`. Passwords may look like anything.',
  })
  change(@Body() request: ChangePassword): Promise<void> {
    return this.passwords.change(request);
  }
}
