import { Injectable } from '@nestjs/common';
import type { Payment } from './payment-gateway';

/** How a pending charge ended: the money was taken, or it never will be. */
export type Settlement = 'captured' | 'declined';

/** Acts on the settlement of one charge, in the open transaction; `subject` is what its key names behind the purpose. */
export type SettlementListener = (accountId: string, subject: string, settlement: Settlement) => Promise<void>;

/** Where features ask to be called back when a gateway settles a charge that it had answered with `pending`. */
@Injectable()
export class PaymentCallbacks {
  private readonly listeners = new Map<string, SettlementListener>();

  /** Calls the listener for every charge whose key begins with the purpose, such as `order` in `order:2000001`. */
  on(purpose: string, listener: SettlementListener): void {
    this.listeners.set(purpose, listener);
  }

  /**
   * Tells the feature that made a charge how it ended. A gateway calls it in the transaction in which it notes that itself:
   * both happen, or neither. Nobody is told of charges that counted as captured while they were pending.
   */
  async settled({ accountId, key }: Pick<Payment, 'accountId' | 'key'>, settlement: Settlement): Promise<void> {
    const [purpose = '', ...subject] = key.split(':');
    await this.listeners.get(purpose)?.(accountId, subject.join(':'), settlement);
  }
}
