import { Global, Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { Invitations } from '../../access/users/invitations';
import { MailModule } from '../../mail/mail.module';
import { ExpiredInvitationsJob } from './expired-invitations.job';
import { InvitationsByMail } from './invitations-by-mail';
import { InvitationsRepository } from './invitations.repository';

/** Sends invitations. Global, because users are created on a lower floor, which cannot import `mail` or `auth`. */
@Global()
@Module({
  imports: [AccessModule, MailModule],
  providers: [ExpiredInvitationsJob, { provide: Invitations, useClass: InvitationsByMail }, InvitationsRepository],
  exports: [Invitations, InvitationsRepository],
})
export class InvitationsModule {}
