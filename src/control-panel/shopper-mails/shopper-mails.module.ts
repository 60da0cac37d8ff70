import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { MailModule } from '../../mail/mail.module';
import { ActiveEmailTemplates } from './active-email-templates';
import { ShopperMails } from './shopper-mails';

/** Mails to shoppers, for the features that send them. */
@Module({
  imports: [AccessModule, MailModule],
  providers: [ActiveEmailTemplates, ShopperMails],
  exports: [ActiveEmailTemplates, ShopperMails],
})
export class ShopperMailsModule {}
