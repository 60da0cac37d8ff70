import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { IdSource } from '../../common/time-ordered-id';
import { insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LedgerEntry, type Movement } from './ledger-entry.entity';
import { PaymentGateway, type ChargeResult, type Payment } from './payment-gateway';

/** Tokens with which the built-in gateway shows what a real one may say. */
const DECLINED = 'tok_declined';
const PENDING = 'tok_pending';

/** The built-in gateway: it keeps books instead of moving money. */
@Injectable()
export class LedgerGateway extends PaymentGateway {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {
    super();
  }

  async charge(payment: Payment): Promise<ChargeResult> {
    if (payment.cardToken.startsWith(DECLINED)) return 'declined';
    if (payment.cardToken.startsWith(PENDING)) return 'pending';
    await this.book('charge', payment);
    return 'captured';
  }

  refund(payment: Payment): Promise<void> {
    return this.book('refund', payment);
  }

  private async book(movement: Movement, { accountId, key, amount, currency, cardToken }: Payment): Promise<void> {
    const movedAt = this.clock.now();
    const id = this.ids.next(movedAt);
    const entry = { id, accountId, key, movement, amount, currency, cardToken, movedAt };
    // The same key is the same movement, which is in the books already.
    await insertIgnoring(this.unitOfWork.manager, LedgerEntry, entry);
  }
}
