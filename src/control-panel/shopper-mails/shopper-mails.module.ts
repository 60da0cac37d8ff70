import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { MailModule } from '../../mail/mail.module';
import { ActiveEmailTemplatesRepository } from './active-email-templates.repository';
import { EmailTemplatesRepository } from './email-templates.repository';
import { ShopperMails } from './shopper-mails';

/** Emails to shoppers, for the features that send them. */
@Module({
  imports: [AccessModule, MailModule],
  providers: [ActiveEmailTemplatesRepository, EmailTemplatesRepository, ShopperMails],
  exports: [ActiveEmailTemplatesRepository, EmailTemplatesRepository, ShopperMails],
})
export class ShopperMailsModule {}
