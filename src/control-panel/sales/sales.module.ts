import { Module } from '@nestjs/common';
import { CountersRepository } from './counters.repository';
import { InvoicesRepository } from './invoices.repository';
import { OrdersRepository } from './orders.repository';
import { RefundsRepository } from './refunds.repository';

/** Orders, invoices and refunds as they are stored, for the features that do something with them. */
@Module({
  providers: [CountersRepository, InvoicesRepository, OrdersRepository, RefundsRepository],
  exports: [CountersRepository, InvoicesRepository, OrdersRepository, RefundsRepository],
})
export class SalesModule {}
