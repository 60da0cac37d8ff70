import { Module } from '@nestjs/common';
import { Counters } from './counters';
import { OrdersRepository } from './orders.repository';

/** The orders for other features, without what may be done to them. */
@Module({ providers: [Counters, OrdersRepository], exports: [Counters, OrdersRepository] })
export class OrdersDataModule {}
