import { Module } from '@nestjs/common';
import { LedgerEntriesRepository } from './ledger-entries.repository';
import { LedgerGateway } from './ledger-gateway';
import { PaymentCallbacks } from './payment-callbacks';
import { PaymentGateway } from './payment-gateway';
import { PendingChargesJob } from './pending-charges.job';
import { PendingChargesRepository } from './pending-charges.repository';

/** The payment gateway. The built-in one only keeps books and moves no money. */
@Module({
  providers: [
    LedgerEntriesRepository,
    LedgerGateway,
    PaymentCallbacks,
    { provide: PaymentGateway, useExisting: LedgerGateway },
    PendingChargesJob,
    PendingChargesRepository,
  ],
  exports: [LedgerEntriesRepository, PaymentCallbacks, PaymentGateway],
})
export class PaymentsModule {}
