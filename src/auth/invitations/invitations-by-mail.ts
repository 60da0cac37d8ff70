import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { afterDisabling } from '../../access/members/user.entity';
import { Invitations, type InvitedUser, type PendingInvitation } from '../../access/users/invitations';
import { Config } from '../../config/config';
import { RequestContext } from '../../context/request-context';
import { Clock } from '../../lib/time/clock';
import { Outbox } from '../../mail/outbox';
import { invitationMail } from './invitation-mail';
import { InvitationsRepository } from './invitations.repository';

const HOUR = 60 * 60_000;

/** Sends invitations on behalf of the signed-in user. */
@Injectable()
export class InvitationsByMail extends Invitations {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly outbox: Outbox,
    private readonly accounts: AccountsRepository,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
  }

  async invite(user: InvitedUser): Promise<PendingInvitation> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.INVITATION_HOURS * HOUR);
    await this.invitations.deleteAll(user.id);
    const createdAt = afterDisabling(now, user);
    const token = await this.invitations.insert({ userId: user.id, email: user.email, createdAt, expiresAt });
    // A browser does not send the fragment to a server, so no server log contains the token.
    const link = this.config.controlPanelPage(`accept-invitation#token=${token}`);
    const account = await this.accounts.get(user.accountId);
    const inviter = this.context.actor.userName;
    return { expiresAt, mailId: await this.outbox.queue(invitationMail({ user, account, inviter, link, expiresAt })) };
  }
}
