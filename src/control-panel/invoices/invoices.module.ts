import { Module } from '@nestjs/common';
import { MailModule } from '../../mail/mail.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { OrdersDataModule } from '../sales/sales.module';
import { InvoicesController } from './invoices.controller';
import { InvoicesRepository } from '../sales/invoices.repository';
import { InvoicesService } from './invoices.service';

/** Invoices: issued with each order, shown, and sent to shoppers. */
@Module({
  imports: [MailModule, OrdersDataModule, ShopperMailsModule],
  controllers: [InvoicesController],
  providers: [InvoicesRepository, InvoicesService],
  exports: [InvoicesRepository, InvoicesService],
})
export class InvoicesModule {}
