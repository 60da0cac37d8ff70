import { Module } from '@nestjs/common';
import { CatalogModule } from './catalog/catalog.module';
import { InvoicesModule } from './invoices/invoices.module';
import { OrdersModule } from './orders/orders.module';
import { RefundsModule } from './refunds/refunds.module';
import { SubscriptionsModule } from './subscriptions/subscriptions.module';

/** What representatives do for shoppers: orders, subscriptions, refunds, invoices. */
@Module({ imports: [CatalogModule, OrdersModule, SubscriptionsModule, RefundsModule, InvoicesModule] })
export class ControlPanelModule {}
