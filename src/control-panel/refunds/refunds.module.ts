import { Module } from '@nestjs/common';
import { ShopperMailsModule } from '../email-editor/shopper-mails.module';
import { IdempotencyModule } from '../idempotency/idempotency.module';
import { OrdersDataModule } from '../orders/orders-data.module';
import { PaymentsModule } from '../payments/payments.module';
import { RefundsController } from './refunds.controller';
import { RefundsJob } from './refunds.job';
import { RefundsRepository } from './refunds.repository';
import { RefundsService } from './refunds.service';

/** Refunds of orders, and the job that pays them back. */
@Module({
  imports: [IdempotencyModule, OrdersDataModule, PaymentsModule, ShopperMailsModule],
  controllers: [RefundsController],
  providers: [RefundsJob, RefundsRepository, RefundsService],
  exports: [RefundsRepository],
})
export class RefundsModule {}
