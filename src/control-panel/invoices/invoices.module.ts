import { Module } from '@nestjs/common';
import { MailModule } from '../../mail/mail.module';
import { ShopperMailsModule } from '../email-editor/shopper-mails.module';
import { OrdersDataModule } from '../orders/orders-data.module';
import { InvoicesController } from './invoices.controller';
import { InvoicesRepository } from './invoices.repository';
import { InvoicesService } from './invoices.service';

/** Invoices: issued with each order, shown, and sent to shoppers. */
@Module({
  imports: [MailModule, OrdersDataModule, ShopperMailsModule],
  controllers: [InvoicesController],
  providers: [InvoicesRepository, InvoicesService],
  exports: [InvoicesRepository, InvoicesService],
})
export class InvoicesModule {}
