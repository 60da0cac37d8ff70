import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { MailModule } from '../../mail/mail.module';
import { SalesModule } from '../sales/sales.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { EmailTemplateHistoryService } from './email-template-history.service';
import { EmailTemplateStatesService } from './email-template-states.service';
import { EmailTemplatesController } from './email-templates.controller';
import { EmailTemplatesService } from './email-templates.service';
import { EmailTrialsService } from './email-trials.service';
import { RealValues } from './real-values';

/** The Email Editor: templates of the mails that shoppers get. */
@Module({
  imports: [AccessModule, MailModule, SalesModule, ShopperMailsModule],
  controllers: [EmailTemplatesController],
  providers: [
    EmailTemplateHistoryService,
    EmailTemplateStatesService,
    EmailTemplatesService,
    EmailTrialsService,
    RealValues,
  ],
})
export class EmailEditorModule {}
