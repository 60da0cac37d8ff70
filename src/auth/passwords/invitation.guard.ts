import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { validBody } from '../../http/validation/valid-body';
import { AcceptInvitation } from './accept-invitation.dto';
import { InvitationAcceptance } from './invitation-acceptance';

/** Has an invitation looked at before the unit of work opens. Lets everybody through: a refusal must be recorded first. */
@Injectable()
export class InvitationGuard implements CanActivate {
  constructor(private readonly acceptance: InvitationAcceptance) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = await validBody(execution, AcceptInvitation);
    if (request) await this.acceptance.check(request);
    return true;
  }
}
