import { Module } from '@nestjs/common';
import { Config } from '../config/config';
import { FileTransport } from './file-transport';
import { MailTransport } from './mail-transport';
import { OldMailsJob } from './old-mails.job';
import { Outbox } from './outbox';
import { OutboxJob } from './outbox.job';
import { OutgoingMailsRepository } from './outgoing-mails.repository';
import { SmtpTransport } from './smtp-transport';

/** The outbox of mails, and their delivery. */
@Module({
  providers: [
    OldMailsJob,
    Outbox,
    OutboxJob,
    OutgoingMailsRepository,
    {
      provide: MailTransport,
      inject: [Config],
      useFactory: ({ SMTP_URL, MAIL_FROM, MAIL_OUTBOX_DIR }: Config): MailTransport =>
        SMTP_URL === undefined ? new FileTransport(MAIL_OUTBOX_DIR, MAIL_FROM) : new SmtpTransport(SMTP_URL, MAIL_FROM),
    },
  ],
  exports: [Outbox],
})
export class MailModule {}
