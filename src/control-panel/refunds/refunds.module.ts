import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../idempotency/idempotency.module';
import { PaymentsModule } from '../payments/payments.module';
import { SalesModule } from '../sales/sales.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { RefundsController } from './refunds.controller';
import { RefundsJob } from './refunds.job';
import { RefundsService } from './refunds.service';

/** Refunds of orders, and the job that processes them. */
@Module({
  imports: [IdempotencyModule, SalesModule, PaymentsModule, ShopperMailsModule],
  controllers: [RefundsController],
  providers: [RefundsJob, RefundsService],
})
export class RefundsModule {}
