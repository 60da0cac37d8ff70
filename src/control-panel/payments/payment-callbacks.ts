import { Injectable } from '@nestjs/common';
import type { Payment } from './payment-gateway';

/** The final result of a pending charge: the money was taken, or the charge was declined. */
export type Settlement = 'captured' | 'declined';

/**
 * Handles the settlement of one charge in the open transaction. `subject` is the part of the charge's key after the
 * purpose.
 */
export type SettlementListener = (accountId: string, subject: string, settlement: Settlement) => Promise<void>;

/** Notifies features when the gateway settles a charge that it answered with `pending` before. */
@Injectable()
export class PaymentCallbacks {
  private readonly listeners = new Map<string, SettlementListener>();

  /** Registers the listener for charges whose key starts with the purpose, such as `order` in `order:01KAM9…`. */
  on(purpose: string, listener: SettlementListener): void {
    this.listeners.set(purpose, listener);
  }

  /**
   * Calls the listener of the feature that requested a charge. A gateway calls this in the transaction that stores the
   * settlement, so that both commit together. Features without a listener treat a pending charge as captured.
   */
  async notifySettled({ accountId, key }: Pick<Payment, 'accountId' | 'key'>, settlement: Settlement): Promise<void> {
    const [purpose = '', ...subject] = key.split(':');
    await this.listeners.get(purpose)?.(accountId, subject.join(':'), settlement);
  }
}
