import { Module } from '@nestjs/common';
import { LedgerGateway } from './ledger-gateway';
import { PaymentGateway } from './payment-gateway';

/** How money moves; the built-in gateway keeps books. */
@Module({ providers: [{ provide: PaymentGateway, useClass: LedgerGateway }], exports: [PaymentGateway] })
export class PaymentsModule {}
