import { Module } from '@nestjs/common';
import { CatalogModule } from './catalog/catalog.module';
import { EmailEditorModule } from './email-editor/email-editor.module';
import { InvoicesModule } from './invoices/invoices.module';
import { OrdersModule } from './orders/orders.module';
import { PageViewsModule } from './page-views/page-views.module';
import { RefundsModule } from './refunds/refunds.module';
import { SubscriptionsModule } from './subscriptions/subscriptions.module';

/**
 * The features of the Control Panel: catalog, orders, subscriptions, refunds, invoices, page views and the Email
 * Editor.
 */
@Module({
  imports: [
    CatalogModule,
    OrdersModule,
    SubscriptionsModule,
    RefundsModule,
    InvoicesModule,
    PageViewsModule,
    EmailEditorModule,
  ],
})
export class ControlPanelModule {}
