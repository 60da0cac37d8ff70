import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { Public } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
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
  @Tracked(ActivityType.PasswordChanged)
  @ApiUnprocessableEntityResponse({
    description:
      'The token is not that of an open invitation: `invitation_invalid`. The password may look like anything.',
  })
  accept(@Body() request: AcceptInvitation): Promise<void> {
    return this.acceptance.accept(request);
  }
}
