import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module';
import { PaymentsModule } from '../payments/payments.module';
import { RenewalsJob } from './renewals.job';
import { RenewalsService } from './renewals.service';
import { SubscriptionActionsService } from './subscription-actions.service';
import { SubscriptionChanges } from './subscription-changes';
import { SubscriptionUpgradeService } from './subscription-upgrade.service';
import { SubscriptionsController } from './subscriptions.controller';
import { SubscriptionsRepository } from './subscriptions.repository';
import { SubscriptionsService } from './subscriptions.service';

/** Subscriptions, the actions of representatives on them, and their renewal. */
@Module({
  imports: [CatalogModule, PaymentsModule],
  controllers: [SubscriptionsController],
  providers: [
    RenewalsJob,
    RenewalsService,
    SubscriptionActionsService,
    SubscriptionChanges,
    SubscriptionUpgradeService,
    SubscriptionsRepository,
    SubscriptionsService,
  ],
  exports: [RenewalsJob, SubscriptionsRepository],
})
export class SubscriptionsModule {}
