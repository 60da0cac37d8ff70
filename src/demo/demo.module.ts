import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ApiKeysModule } from '../auth/api-keys/api-keys.module';
import { CatalogModule } from '../control-panel/catalog/catalog.module';
import { PaymentsModule } from '../control-panel/payments/payments.module';
import { SalesModule } from '../control-panel/sales/sales.module';
import { ShopperMailsModule } from '../control-panel/shopper-mails/shopper-mails.module';
import { SubscriptionsModule } from '../control-panel/subscriptions/subscriptions.module';
import { DemoActivityTypes } from './demo-activity-types';
import { DemoApiKey } from './demo-api-key';
import { DemoData } from './demo-data';
import { DemoShop } from './demo-shop';
import { DemoTemplates } from './demo-templates';

/** Provides the demo's data; it is not part of the service. */
@Module({
  imports: [
    AccessModule,
    ApiKeysModule,
    CatalogModule,
    PaymentsModule,
    SalesModule,
    ShopperMailsModule,
    SubscriptionsModule,
  ],
  providers: [DemoActivityTypes, DemoApiKey, DemoData, DemoShop, DemoTemplates],
})
export class DemoModule {}
