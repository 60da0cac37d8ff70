import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { MailModule } from '../../mail/mail.module';
import { SalesModule } from '../sales/sales.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { EmailTemplateHistoryService } from './email-template-history.service';
import { EmailTemplateStatesService } from './email-template-states.service';
import { EmailTemplatesController } from './email-templates.controller';
import { EmailTemplatesService } from './email-templates.service';
import { EmailPreviewsService } from './email-previews.service';
import { OrderPlaceholderValues } from './order-placeholder-values';

/** The Email Editor: templates for the emails that shoppers receive. */
@Module({
  imports: [AccessModule, MailModule, SalesModule, ShopperMailsModule],
  controllers: [EmailTemplatesController],
  providers: [
    EmailTemplateHistoryService,
    EmailTemplateStatesService,
    EmailTemplatesService,
    EmailPreviewsService,
    OrderPlaceholderValues,
  ],
})
export class EmailEditorModule {}
