import { Injectable } from '@nestjs/common';
import { MembersRepository } from '../../access/members/members.repository';
import { Passwords } from '../../access/members/password';
import type { User } from '../../access/members/user.entity';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { Clock } from '../../lib/time/clock';
import type { Invitation } from '../invitations/invitation.entity';
import { InvitationsRepository } from '../invitations/invitations.repository';
import { LoginAttempts } from '../login/login-attempts';
import { PasswordSetter } from '../passwords/password-setter';
import { userActor } from '../sessions/actor';
import type { AcceptInvitation } from './accept-invitation.dto';

/** Sets the password that a user chooses after following the link in an invitation. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly passwordSetter: PasswordSetter,
    private readonly attempts: LoginAttempts,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts an invitation. Hashes the password before the transaction starts, because hashing takes tens of
   * milliseconds. Checks the invitation before that, so that an invalid token costs no hashing, and again in the
   * transaction, because the invitation can be used or expire in the meantime.
   */
  async accept({ token, password }: AcceptInvitation): Promise<void> {
    const invitation = await this.findUsable(token);
    const passwordHash = await this.passwords.hash(password);
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(invitation.userId);
      const details = { userId: user.id, invitation: true };
      this.activity.describe(ActivityType.PasswordChanged, { details });
      const isAccepted = this.isUsable(invitation, user) && (await this.invitations.delete(invitation.tokenHash));
      if (!isAccepted) throw invitationInvalid();
      await this.passwordSetter.set(user.id, passwordHash);
      await this.attempts.clearFailures(user.email);
    });
  }

  /**
   * Finds the invitation that has this token. Makes its user the actor of the request, even if the invitation can no
   * longer be used, so that the failed attempt is recorded as this user's.
   */
  private async findUsable(token: string): Promise<Invitation> {
    const invitation = await this.invitations.findByToken(token);
    const member = invitation && (await this.members.findById(invitation.userId));
    if (!member) throw invitationInvalid();
    this.context.identify(userActor(member));
    if (!this.isUsable(invitation, member.user)) throw invitationInvalid();
    return invitation;
  }

  /**
   * Returns whether an invitation can be used: it must not have expired, and since it was sent, its user must not have
   * been disabled and must not have changed their email address.
   */
  private isUsable({ email, createdAt, expiresAt }: Invitation, user: User): boolean {
    const wasDisabledSince = user.disabledAt !== null && createdAt <= user.disabledAt;
    return expiresAt > this.clock.now() && email === user.email && user.status === 'active' && !wasDisabledSince;
  }
}

/** Returns the same problem for every reason, so that the response does not reveal whether a guessed token exists. */
function invitationInvalid(): Problem {
  const message = 'This invitation cannot be used: it was used, has expired or was replaced. Ask for another one.';
  return Problem.unprocessable('invitation_invalid', inBody('token'), message);
}
