import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { LedgerEntriesRepository } from './ledger-entries.repository';
import { type Movement } from './ledger-entry.entity';
import type { Settlement } from './payment-callbacks';
import { PaymentGateway, type ChargeResult, type Payment } from './payment-gateway';
import { PendingChargesRepository } from './pending-charges.repository';

/** Beginnings of tokens with which the built-in gateway shows what a real one may answer. */
const DECLINED = 'tok_declined';
const PENDING = 'tok_pending';
const PENDING_THEN_DECLINED = 'tok_pending_declined';

/** Milliseconds after which a pending charge is settled. */
const SETTLED_AFTER = 60_000;

/** The built-in gateway: it keeps books instead of moving money. */
@Injectable()
export class LedgerGateway extends PaymentGateway {
  constructor(
    private readonly pending: PendingChargesRepository,
    private readonly entries: LedgerEntriesRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {
    super();
  }

  async charge(payment: Payment): Promise<ChargeResult> {
    if (payment.cardToken.startsWith(DECLINED)) return 'declined';
    if (payment.cardToken.startsWith(PENDING)) return this.postpone(payment);
    await this.book('charge', payment);
    return 'captured';
  }

  refund(payment: Payment): Promise<void> {
    return this.book('refund', payment);
  }

  /** Decides a charge that was pending, and books the money if it is taken. */
  async settle(payment: Payment): Promise<Settlement> {
    if (payment.cardToken.startsWith(PENDING_THEN_DECLINED)) return 'declined';
    await this.book('charge', payment);
    return 'captured';
  }

  private async postpone({ accountId, key, amount, currency, cardToken }: Payment): Promise<'pending'> {
    const now = this.clock.now();
    const settleAt = new Date(now.getTime() + SETTLED_AFTER);
    await this.pending.insert({ id: this.ids.next(now), accountId, key, amount, currency, cardToken, settleAt });
    return 'pending';
  }

  private async book(movement: Movement, { accountId, key, amount, currency, cardToken }: Payment): Promise<void> {
    const movedAt = this.clock.now();
    const id = this.ids.next(movedAt);
    await this.entries.insert({ id, accountId, key, movement, amount, currency, cardToken, movedAt });
  }
}
