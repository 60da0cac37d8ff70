import { Module } from '@nestjs/common';
import { LedgerGateway } from './ledger-gateway';
import { PaymentCallbacks } from './payment-callbacks';
import { PaymentGateway } from './payment-gateway';
import { PendingChargesJob } from './pending-charges.job';
import { PendingChargesRepository } from './pending-charges.repository';

/** How money moves; the built-in gateway keeps books. */
@Module({
  providers: [
    LedgerGateway,
    PaymentCallbacks,
    { provide: PaymentGateway, useExisting: LedgerGateway },
    PendingChargesJob,
    PendingChargesRepository,
  ],
  exports: [PaymentCallbacks, PaymentGateway],
})
export class PaymentsModule {}
