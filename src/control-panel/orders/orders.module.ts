import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../idempotency/idempotency.module';
import { CatalogModule } from '../catalog/catalog.module';
import { InvoicesModule } from '../invoices/invoices.module';
import { PaymentsModule } from '../payments/payments.module';
import { SalesModule } from '../sales/sales.module';
import { ShopperMailsModule } from '../shopper-mails/shopper-mails.module';
import { SubscriptionsModule } from '../subscriptions/subscriptions.module';
import { OrderBasket } from './order-basket';
import { OrderFactory } from './order-factory';
import { OrderFulfilment } from './order-fulfilment';
import { OrderPayments } from './order-payments';
import { OrderSettlement } from './order-settlement';
import { OrdersController } from './orders.controller';
import { OrdersService } from './orders.service';
import { SubscriptionFactory } from './subscription-factory';

/** Orders that users place on behalf of shoppers. */
@Module({
  imports: [
    CatalogModule,
    IdempotencyModule,
    InvoicesModule,
    PaymentsModule,
    SalesModule,
    ShopperMailsModule,
    SubscriptionsModule,
  ],
  controllers: [OrdersController],
  providers: [
    OrderBasket,
    OrderFactory,
    OrderFulfilment,
    OrderPayments,
    OrderSettlement,
    OrdersService,
    SubscriptionFactory,
  ],
})
export class OrdersModule {}
