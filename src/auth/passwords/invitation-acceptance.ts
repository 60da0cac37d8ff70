import { HttpStatus, Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { MembersRepository } from '../../access/members/members.repository';
import { NewPassword } from '../../access/members/new-password';
import type { User } from '../../access/members/user.entity';
import { UsersRepository } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { Clock } from '../../lib/time/clock';
import { Problem } from '../../http/problems/problem';
import { RequestContext } from '../../context/request-context';
import { userActor } from '../sessions/actor';
import { PasswordChoice } from '../passwords/password-choice';
import type { AcceptInvitation } from './accept-invitation.dto';
import type { Invitation } from '../invitations/invitation.entity';
import { InvitationsRepository } from '../invitations/invitations.repository';

const INVITATION = Symbol('invitation that is accepted');

/** Lets whoever has the link of an invitation choose the user's password, once. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
    private readonly newPassword: NewPassword,
    private readonly choice: PasswordChoice,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly cls: ClsService,
  ) {}

  /** Looks the invitation up and hashes the password, and keeps both for this request: no transaction should be open meanwhile. */
  async check({ token, password }: AcceptInvitation): Promise<void> {
    const invitation = await this.invitations.find(token);
    const member = invitation && (await this.members.findById(invitation.userId));
    if (!member) return;
    this.context.identify(userActor(member));
    if (!this.isGood(invitation, member.user)) return;
    await this.newPassword.prepare(password);
    this.cls.set(INVITATION, invitation);
  }

  /** Uses the invitation that was checked in this request. */
  async accept(): Promise<void> {
    const invitation = this.cls.get<Invitation | undefined>(INVITATION);
    if (!invitation) throw invitationInvalid();
    const user = await this.users.lock(invitation.userId);
    const details = { userId: user.id, invitation: true };
    this.activity.describe(ActivityType.PasswordChanged, { details });
    const isFirst = this.isGood(invitation, user) && (await this.invitations.use(invitation.tokenHash));
    if (!isFirst) throw invitationInvalid();
    await this.choice.make(user);
  }

  /** Whether it still stands for what it was sent for; as sessions do, it ends when the user is disabled. */
  private isGood({ email, createdAt, expiresAt }: Invitation, user: User): boolean {
    const wasDisabledSince = user.disabledAt !== null && createdAt <= user.disabledAt;
    return expiresAt > this.clock.now() && email === user.email && user.status === 'active' && !wasDisabledSince;
  }
}

/** The same whatever the reason: a guess learns nothing. */
function invitationInvalid(): Problem {
  const message = 'This invitation can not be used: it was used, has expired or was replaced. Ask for another one.';
  return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, 'invitation_invalid', 'token', message);
}
