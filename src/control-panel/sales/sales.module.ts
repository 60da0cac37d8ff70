import { Module } from '@nestjs/common';
import { Counters } from './counters';
import { InvoicesRepository } from './invoices.repository';
import { OrdersRepository } from './orders.repository';
import { RefundsRepository } from './refunds.repository';

/** Orders, invoices and refunds as they are stored, for the features that do something with them. */
@Module({
  providers: [Counters, InvoicesRepository, OrdersRepository, RefundsRepository],
  exports: [Counters, InvoicesRepository, OrdersRepository, RefundsRepository],
})
export class SalesModule {}
