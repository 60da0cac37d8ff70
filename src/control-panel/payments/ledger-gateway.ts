import { Injectable } from '@nestjs/common';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { LedgerEntriesRepository } from './ledger-entries.repository';
import { type Movement } from './ledger-entry.entity';
import type { Settlement } from './payment-callbacks';
import { PaymentGateway, type ChargeResult, type Payment } from './payment-gateway';
import { PendingChargesRepository } from './pending-charges.repository';

/**
 * Prefixes of card tokens that make the built-in gateway decline a charge, postpone it, or postpone and then decline
 * it.
 */
const DECLINED_PREFIX = 'tok_declined';
const PENDING_PREFIX = 'tok_pending';
const PENDING_THEN_DECLINED_PREFIX = 'tok_pending_declined';

/** The time from a pending charge to its settlement, in milliseconds. */
const SETTLEMENT_DELAY = 60_000;

/** The built-in gateway. It only keeps books and moves no money. */
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
    if (payment.cardToken.startsWith(DECLINED_PREFIX)) return 'declined';
    if (payment.cardToken.startsWith(PENDING_PREFIX)) return this.postpone(payment);
    await this.book('charge', payment);
    return 'captured';
  }

  refund(payment: Payment): Promise<void> {
    return this.book('refund', payment);
  }

  /** Captures or declines a pending charge, and books a captured one. */
  async settle(payment: Payment): Promise<Settlement> {
    if (payment.cardToken.startsWith(PENDING_THEN_DECLINED_PREFIX)) return 'declined';
    await this.book('charge', payment);
    return 'captured';
  }

  private async postpone({ accountId, key, amount, currency, cardToken }: Payment): Promise<'pending'> {
    const now = this.clock.now();
    const settleAt = new Date(now.getTime() + SETTLEMENT_DELAY);
    await this.pending.insert({ id: this.ids.next(now), accountId, key, amount, currency, cardToken, settleAt });
    return 'pending';
  }

  private async book(movement: Movement, { accountId, key, amount, currency, cardToken }: Payment): Promise<void> {
    const movedAt = this.clock.now();
    const id = this.ids.next(movedAt);
    await this.entries.insert({ id, accountId, key, movement, amount, currency, cardToken, movedAt });
  }
}
