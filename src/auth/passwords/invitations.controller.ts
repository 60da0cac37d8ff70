import { Body, Controller, HttpCode, HttpStatus, Post, UseGuards } from '@nestjs/common';
import { ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { Public } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked } from '../../audit/tracking/tracked.decorator';
import { AcceptInvitation } from './accept-invitation.dto';
import { InvitationAcceptance } from './invitation-acceptance';
import { InvitationGuard } from './invitation.guard';

/** Invitations that users got by mail. */
@ApiTags('Authentication')
@Controller('auth/invitation')
@Public()
export class InvitationsController {
  constructor(private readonly acceptance: InvitationAcceptance) {}

  /**
   * Chooses a password with the token of an invitation's link, once; log in with it afterwards. All sessions of the user
   * end.
   */
  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  @UseGuards(InvitationGuard)
  @Tracked(ActivityType.PasswordChanged)
  @ApiUnprocessableEntityResponse({
    description:
      'The token is not that of an open invitation: `invitation_invalid`; or the password looks like a card number or a token: `card_number_refused`.',
  })
  accept(@Body() _request: AcceptInvitation): Promise<void> {
    return this.acceptance.accept();
  }
}
