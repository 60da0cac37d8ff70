import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { MailModule } from '../../mail/mail.module';
import { SalesModule } from '../sales/sales.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { InvoicesController } from './invoices.controller';
import { InvoicesService } from './invoices.service';

/** Invoices: issued for paid orders, rendered as PDF files, and sent to shoppers. */
@Module({
  imports: [AccessModule, MailModule, SalesModule, ShopperMailsModule],
  controllers: [InvoicesController],
  providers: [InvoicesService],
  exports: [InvoicesService],
})
export class InvoicesModule {}
