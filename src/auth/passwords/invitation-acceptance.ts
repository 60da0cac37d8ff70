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
import { PasswordChoice } from '../passwords/password-choice';
import { userActor } from '../sessions/actor';
import type { AcceptInvitation } from './accept-invitation.dto';

/** Lets the recipient of an invitation's link choose the user's password, once. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly choice: PasswordChoice,
    private readonly attempts: LoginAttempts,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /**
   * Uses an invitation. The password is hashed before the transaction starts, because that takes tens of milliseconds; so
   * the invitation is checked before it too, and once more in the transaction.
   */
  async accept({ token, password }: AcceptInvitation): Promise<void> {
    const invitation = await this.findUsable(token);
    const passwordHash = await this.passwords.hash(password);
    return this.unitOfWork.run(async () => {
      const user = await this.users.lock(invitation.userId);
      const details = { userId: user.id, invitation: true };
      this.activity.describe(ActivityType.PasswordChanged, { details });
      const isFirst = this.isUsable(invitation, user) && (await this.invitations.delete(invitation.tokenHash));
      if (!isFirst) throw invitationInvalid();
      await this.choice.make(user.id, passwordHash);
      await this.attempts.forgive(user.email);
    });
  }

  /** Finds the invitation of a token. From here on the request is its user's, also when the invitation is refused. */
  private async findUsable(token: string): Promise<Invitation> {
    const invitation = await this.invitations.findByToken(token);
    const member = invitation && (await this.members.findById(invitation.userId));
    if (!member) throw invitationInvalid();
    this.context.identify(userActor(member));
    if (!this.isUsable(invitation, member.user)) throw invitationInvalid();
    return invitation;
  }

  /** Whether it still stands for what it was sent for; as sessions do, it ends when the user is disabled. */
  private isUsable({ email, createdAt, expiresAt }: Invitation, user: User): boolean {
    const wasDisabledSince = user.disabledAt !== null && createdAt <= user.disabledAt;
    return expiresAt > this.clock.now() && email === user.email && user.status === 'active' && !wasDisabledSince;
  }
}

/** The same whatever the reason: a guess learns nothing. */
function invitationInvalid(): Problem {
  const message = 'This invitation cannot be used: it was used, has expired or was replaced. Ask for another one.';
  return Problem.unprocessable('invitation_invalid', inBody('token'), message);
}
