import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { AcceptInvitation } from './accept-invitation.dto';
import { InvitationAcceptance } from './invitation-acceptance';

/** Invitations that users have received by email. */
@ApiTags('Authentication')
@Controller('auth/invitation')
@Public()
export class InvitationsController {
  constructor(private readonly acceptance: InvitationAcceptance) {}

  /**
   * Sets a password with the token from an invitation's link. The token works once. All sessions of the user end, so
   * log in with the new password afterwards.
   */
  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Answers('The password is chosen, and the invitation is used up.')
  @Fails('invitation_invalid')
  @Tracked(ActivityType.PasswordChanged)
  accept(@Body() request: AcceptInvitation): Promise<void> {
    return this.acceptance.accept(request);
  }
}
