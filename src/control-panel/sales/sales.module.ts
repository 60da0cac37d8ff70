import { Module } from '@nestjs/common';
import { CountersRepository } from './counters.repository';
import { InvoicesRepository } from './invoices.repository';
import { OrdersRepository } from './orders.repository';
import { RefundsRepository } from './refunds.repository';

/** Repositories of orders, invoices and refunds, which several features share. */
@Module({
  providers: [CountersRepository, InvoicesRepository, OrdersRepository, RefundsRepository],
  exports: [CountersRepository, InvoicesRepository, OrdersRepository, RefundsRepository],
})
export class SalesModule {}
