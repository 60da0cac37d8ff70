/** An amount to charge to a card, or to refund to it. */
export interface Payment {
  readonly accountId: string;
  /**
   * The purpose and the subject, such as `order:01KAM9W3M8Q6XK2T1N9B7C5D4E`. Repeated calls with the same key move
   * money only once. A key is never used for another payment, even if the transaction rolls back.
   */
  readonly key: string;
  /** The amount in minor units, at least 0. */
  readonly amount: number;
  readonly currency: string;
  readonly cardToken: string;
}

/** The result of a charge: taken, to be settled later (see `PaymentCallbacks`), or declined. */
export type ChargeResult = 'captured' | 'pending' | 'declined';

/**
 * Moves money between shoppers and the merchant. Both methods are called inside a database transaction. If it is
 * retried, they are called again with the same keys; if it rolls back, this service does not know what they moved.
 */
export abstract class PaymentGateway {
  /** Charges the card. */
  abstract charge(payment: Payment): Promise<ChargeResult>;

  /** Returns money to the card. */
  abstract refund(payment: Payment): Promise<void>;
}
